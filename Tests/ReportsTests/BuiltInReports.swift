import Experiments
import Foundation
import Reports
import Testing

/// The reports of the scenarios that come with Drydock, compared as text with the files under
/// `Expected/scenarios`.
///
/// Somebody who knows ECS can read them and see a wrong number. With `DRYDOCK_UPDATE=1` in the
/// environment they are written anew instead: read their difference before committing it.
struct BuiltInReports {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("Expected/scenarios")

    /// The report, or the problem of a scenario whose first version never runs.
    private func report(of name: String) throws -> String {
        let scenario = try #require(try Scenario(builtIn: name))
        do {
            let options = TextOptions(width: 100, ascii: false, colour: false, events: true)
            return try Experiment(scenario, seed: 1).run().text(options)
        } catch {
            return error.description + "\n"
        }
    }

    @Test(arguments: Scenario.builtIn.map(\.name)) func equals(_ name: String) throws {
        let file = Self.folder.appendingPathComponent("\(name).txt")
        let text = try report(of: name)
        if ProcessInfo.processInfo.environment["DRYDOCK_UPDATE"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text.split(separator: "\n") == expected.split(separator: "\n"))
        #expect(Array(text.utf8) == Array(expected.utf8), "differs in white space or line ends")
    }

    @Test func noReportIsLeftOver() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(files == Scenario.builtIn.map { "\($0.name).txt" }.sorted())
    }

    @Test(arguments: Scenario.builtIn.map(\.name))
    func hasATitleAndSaysWhatItTeaches(_ name: String) throws {
        let scenario = try #require(try Scenario(builtIn: name))
        #expect(scenario.title != name)
        #expect(scenario.teaches.hasSuffix(".") && !scenario.teaches.contains("\n"))
    }
}
