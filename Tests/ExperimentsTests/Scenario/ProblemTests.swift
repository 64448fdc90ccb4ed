import Foundation
import Testing

@testable import Experiments

/// Each problem is one sentence that says where, what, and what to do instead.
///
/// Expected/problems.txt has the files and what is said of each; `DRYDOCK_UPDATE=1` rewrites it.
@Suite struct ProblemTests {
    static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Expected/problems.txt").standardized

    @Test func everyProblemNamesThePlaceAndTheWayOut() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        var updated = ""
        for block in text.components(separatedBy: "\n====\n") where !block.isEmpty {
            let parts = block.components(separatedBy: "\n----\n")
            let said = problem { _ = try Scenario(yaml: parts[0], file: "a.yaml") }
            #expect(said == parts.last, "\(parts[0])")
            updated += "\(parts[0])\n----\n\(said ?? "no problem")\n====\n"
        }
        if ProcessInfo.processInfo.environment["DRYDOCK_UPDATE"] == "1" {
            try updated.write(to: Self.file, atomically: true, encoding: .utf8)
        }
    }

    @Test func aCharacterThatYAMLDoesNotAllowIsFound() {
        let said = problem { _ = try Scenario(yaml: "name: a\ntitle: a\u{1}b", file: "a.yaml") }
        #expect(
            said == "a.yaml, line 2: There is a character here that YAML does not allow. Type the "
                + "text again.")
    }

    private func problem(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return "\(error)" }
        return nil
    }

    static let settings: [(String, String)] = [
        ("service", "This is not a setting. Write key=value: service.desiredCount=2."),
        ("=2", "This is not a setting. Write key=value: service.desiredCount=2."),
        ("a..b=2", #""a..b" is not a path of keys with dots between them."#),
        (
            "service.desierdCount=2",
            #""desierdCount" is not a key of service. Did you mean "desiredCount"?"#
        ),
        (
            "service.desiredCount=x",
            #"service.desiredCount is "x". It has to be a whole number from 0 to 5000."#
        ),
        ("name.first=x", #"name is "mine" and has no keys. Set all of it: name={...}."#),
        ("deploy.2.wait=3s", "deploy is a list of 1. Count its parts from 1: deploy.1."),
        (
            "horizon=[",
            "This is not YAML: did not find expected node content. "
                + "Look at the indentation, the colons and the quotes around it."
        ),
    ]

    @Test(arguments: settings) func aSettingIsRefusedLikeALineOfTheFile(
        setting: String, sentence: String
    ) throws {
        let yaml = "name: mine\ndeploy:\n- wait: 3s"
        let scenario = try Scenario(yaml: yaml, file: "a.yaml")
        let said = problem { _ = try scenario.applying(setting: setting) }
        #expect(said == "a.yaml, --set \(setting): \(sentence)")
    }

    @Test func aSettingChangesWhatItNames() throws {
        let scenario = try Scenario(
            yaml: "name: mine\nimages: {v1: , \"1.0\": {size: 1}}\ndeploy:\n- wait: 3s",
            file: "a.yaml",
            settings: [
                "service.minimumHealthyPercent=50", "deploy.1.wait=9s", "images.1.0.size=2 MiB",
                "timing.capacity={between: [1s, 2s]}", "network.nat=false",
            ])
        #expect(scenario.service.settings.minimumHealthyPercent == 50)
        #expect(scenario.deploy[0].action == .wait(.seconds(9)))
        #expect(scenario.images[1].sizeMebibytes == 2)
        #expect(scenario.timing.capacity == .between(.seconds(1), .seconds(2)))
        #expect(scenario.network.nat == .none)
        let later = try scenario.applying(setting: "service.minimumHealthyPercent=")
        #expect(later.service.settings.minimumHealthyPercent == 100)
        #expect(later.deploy == scenario.deploy)
    }
}
