import Foundation
import Simulation
import Testing

@testable import Experiments

/// Traces of real deployments, and where their moments fall in the model.
@Suite struct TraceTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardized

    /// `DRYDOCK_SEEDS=1000` plays them as often as `drydock fidelity` does.
    static var seeds: Int {
        ProcessInfo.processInfo.environment["DRYDOCK_SEEDS"].flatMap(Int.init) ?? 100
    }

    @Test func fourFifthsOfWhatWasMeasuredLieWithinTheBand() throws {
        let fidelity = try Fidelity(of: try Trace.builtInTraces(), seeds: Self.seeds)
        for row in fidelity.rows {
            print(
                "\(row.trace), \(row.moment): \(row.time), percentile",
                (row.percentile * 100).rounded(), row.isWithin ? "" : "outside")
            // What lies near an end may fall on either side with another number of seeds.
            if !row.isWithin, row.percentile < 0.02 || row.percentile > 0.98 {
                #expect(row.why != nil, "\(row.trace), \(row.moment) lies outside without a reason")
            }
        }
        #expect(fidelity.count >= 60)
        #expect(fidelity.within * 5 >= fidelity.count * 4)
    }

    @Test func theTracesInTheProgramAreThoseOfTheFolder() throws {
        let folder = Self.root.appending(path: "fixtures/traces")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files == Trace.builtIn.map { "\($0.name).yaml" }, "run scripts/embed-scenarios")
        for (name, yaml) in Trace.builtIn {
            let text = try String(
                contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
            #expect(text == yaml, "run scripts/embed-scenarios")
        }
    }

    @Test func eachSaysWhatWasAssumedAndTheGuideSaysWhatLiesOutside() throws {
        let guide = try String(
            contentsOf: Self.root.appending(path: "docs/fidelity.md"), encoding: .utf8)
        for trace in try Trace.builtInTraces() {
            #expect(!trace.assumed.isEmpty && !trace.moments.isEmpty)
            for measured in trace.moments where measured.why != nil {
                #expect(
                    guide.contains("| \(trace.name) | \(measured.moment) |"),
                    "docs/fidelity.md does not name \(trace.name), \(measured.moment)")
            }
        }
    }

    @Test func theSameSeedsGiveTheSameTable() throws {
        let traces = Array(try Trace.builtInTraces().suffix(3))
        let (one, two) = (
            try Fidelity(of: traces, seeds: 5), try Fidelity(of: traces, seeds: 5)
        )
        #expect(one.rows == two.rows)
    }

    static let problems: [(String, String)] = [
        ("{what: begun, at: 1s}", "names no moment of a deployment"),
        ("{what: started}", "needs either \"at\" or \"notBefore\""),
        ("{what: started, at: 1s, notBefore: 2s}", "needs either \"at\" or \"notBefore\""),
        ("{what: started 0, at: 1s}", "names no moment of a deployment"),
        ("{what: started, at: soon}", "a duration"),
    ]

    @Test(arguments: problems) func aProblemIsSaidInASentence(_ c: (String, String)) {
        let yaml = """
            name: T
            title: A trace
            source: nowhere
            assumed: [All of it.]
            scenario: {name: t}
            moments: [\(c.0)]
            """
        do {
            _ = try Trace(yaml: yaml, file: "t.yaml")
            Issue.record("\(c.0) was read")
        } catch {
            #expect("\(error)".contains(c.1), "\(error)")
        }
    }
}
