import Drawing
import Experiments
import Foundation
import Simulation
import Testing

@testable import Reports

/// Pictures of clouds, and the reports on Drydock itself, compared with files under `Expected`.
///
/// With `DRYDOCK_UPDATE=1` in the environment the files are written anew instead: look at them.
struct PictureTests {
    static func still(
        _ settings: [String] = [], at: Double? = nil, of name: String = "refcard-01"
    ) throws -> Still {
        let scenario = try #require(try Scenario(builtIn: name, settings: settings))
        return try Still(of: scenario, atSeconds: at)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let file: String
        let text: @Sendable () throws -> String
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "cloud.svg") { try still().diagram().svgFile() },
        Case(file: "cloud.mmd") { try still().diagram().mermaid() },
        Case(file: "cloud.dot") { try still().diagram().dot() },
        Case(file: "cloud.txt") { try still().diagram().text() },
        Case(file: "cloud.de.txt") {
            try still().diagram(in: .german)
                .text(TextOptions(width: 80, ascii: true, language: .german))
        },
        Case(file: "cloud-hundred.svg") {
            try still(["service.desiredCount=100"]).diagram().svgFile()
        },
        Case(file: "cloud-rollback.txt") {
            try still(at: 420, of: "rollback").diagram().text()
        },
        Case(file: "network.svg") { try still().diagram(network: true).svgFile() },
        Case(file: "network.mmd") { try still().diagram(network: true).mermaid() },
        Case(file: "network.txt") { try still().diagram(network: true).text() },
        Case(file: "network.de.svg") {
            try still(["network.nat=one per zone"]).diagram(network: true, in: .german).svgFile()
        },
        Case(file: "fidelity.txt") {
            try Fidelity(of: try Trace.builtInTraces(), seeds: 5).text()
        },
        Case(file: "fidelity.de.txt") {
            try Fidelity(of: Array(try Trace.builtInTraces().prefix(4)), seeds: 5)
                .text(TextOptions(language: .german))
        },
        Case(file: "fidelity.json") {
            try Fidelity(of: Array(try Trace.builtInTraces().prefix(6)), seeds: 5).json()
        },
        Case(file: "sensitivity.txt") { try sensitivity().text() },
        Case(file: "sensitivity.de.txt") {
            try sensitivity().text(TextOptions(language: .german))
        },
        Case(file: "sensitivity.json") { try sensitivity().json() },
    ]

    private static func sensitivity() throws -> Sensitivity {
        let scenario = try #require(try Scenario(builtIn: "refcard-01"))
        return try Sensitivity(of: scenario, seeds: [1, 2, 3])
    }

    @Test(arguments: cases) func equals(_ c: Case) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = folder.appendingPathComponent("Expected/pictures/\(c.file)")
        let text = try c.text()
        if ProcessInfo.processInfo.environment["DRYDOCK_UPDATE"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text.split(separator: "\n") == expected.split(separator: "\n"))
        #expect(Array(text.utf8) == Array(expected.utf8), "differs in white space or line ends")
    }

    /// No box covers another, whatever is drawn and whenever.
    @Test(arguments: [1, 2, 10, 100], [0.0, 15, 45, 70, 80, 95, 140])
    func nothingOverlaps(tasks: Int, at: Double) throws {
        let still = try Self.still(["service.desiredCount=\(tasks)"], at: at)
        for network in [false, true] {
            let plan = still.diagram(network: network).layout()
            for (index, box) in plan.boxes.enumerated() {
                #expect(!plan.boxes.dropFirst(index + 1).contains { $0.frame.overlaps(box.frame) })
            }
            #expect(plan.boxes.count <= 24, "too many to be read at a glance")
        }
    }

    @Test(arguments: Scenario.builtIn.map(\.name))
    func everyScenarioThatRunsIsDrawn(_ name: String) throws {
        guard let scenario = try Scenario(builtIn: name),
            let still = try? Still(of: scenario, atSeconds: 60)
        else { return }
        let diagram = still.diagram()
        let ids = diagram.boxes.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.contains("service") && ids.contains("repository0"))
        #expect(diagram.edges.allSatisfy { $0.from != $0.to })
    }

    /// The shares at the arrows are those that the run measured.
    @Test func sharesAddUpToOne() throws {
        let picture = try Self.still(["service.desiredCount=10"]).picture
        let answered = picture.tasks.map(\.share).reduce(0, +)
        #expect(abs(answered + (picture.failing ?? 0) - 1) < 1e-9)
        #expect(picture.tasks.map(\.count).reduce(0, +) == 20)
        #expect(Set(picture.tasks.map(\.version)) == ["v1", "v2"])
    }

    @Test func theInstantIsTheOneAskedFor() throws {
        let early = try Self.still(at: 0)
        #expect(early.at == .zero && early.picture.deployments.count == 2)
        #expect(early.picture.tasks.map(\.version) == ["v1"])
        let late = try Self.still(at: 600)
        #expect(late.picture.tasks.map(\.version) == ["v2"])
        #expect(late.picture.service.isSteady && late.picture.deployments.count == 1)
    }
}
