import Cloud
import Experiments
import Foundation
import Simulation
import Testing

@testable import Reports

/// Predictions, compared with files under `Expected/whatif`.
///
/// With `DRYDOCK_UPDATE=1` in the environment the files are written anew instead: look at them.
struct WhatIfTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let file: String
        let text: @Sendable () throws -> String
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "predict.txt") { try predict(changes).text() },
        Case(file: "predict.de.txt") {
            try predict(changes).text(TextOptions(width: 80, ascii: true, language: .german))
        },
        Case(file: "predict.json") { try predict(changes).json() },
        Case(file: "predict-unchanged.txt") { try predict([]).text() },
        Case(file: "predict-breaker.txt") {
            try predict(["deploymentCircuitBreaker.enable=true"], of: "never-healthy")
                .text()
        },
    ]

    static let changes = ["minimumHealthyPercent=0", "maximumPercent=100"]

    static func predict(
        _ settings: [String], of name: String = "refcard-01"
    ) throws -> Prediction {
        let scenario = try #require(try Scenario(builtIn: name))
        var setup = try ScenarioSetup(scenario)
        for step in scenario.deploy {
            if case .push = step.action { try setup.perform(step) }
        }
        var question = Prediction.Question(service: scenario.service.name)
        question.settings = settings
        question.trials = 20
        return try Prediction(question, of: setup.live.cloud)
    }

    @Test(arguments: cases) func equals(_ c: Case) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = folder.appendingPathComponent("Expected/whatif/\(c.file)")
        let text = try c.text()
        if ProcessInfo.processInfo.environment["DRYDOCK_UPDATE"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text.split(separator: "\n") == expected.split(separator: "\n"))
        #expect(Array(text.utf8) == Array(expected.utf8), "differs in white space or line ends")
    }
}
