import Foundation
import Testing

@testable import Experiments

/// docs/scenarios.md is read by people who then write files: it has to be right.
@Suite struct DocumentTests {
    static let text: String = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../docs/scenarios.md").standardized
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    @Test func itsExamplesAreScenarios() throws {
        let examples = Self.text.components(separatedBy: "```yaml\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        #expect(examples.count >= 3)
        for example in examples { _ = try Scenario(yaml: example, file: "scenarios.md") }
    }

    @Test func itsSettingsCanBeSet() throws {
        let lines = Self.text.split(separator: "\n").filter { $0.hasPrefix("--set ") }
        #expect(lines.count >= 6)
        let yaml = try #require(Scenario.builtIn.first { $0.name == "refcard-01" }).yaml
        for line in lines {
            let setting = line.dropFirst("--set ".count).filter { $0 != "'" }
            _ = try Scenario(yaml: yaml, file: "a.yaml", settings: [setting])
        }
    }
}
