import Cloud
import Experiments
import Foundation
import Simulation
import Testing

@testable import Reports

/// Predictions and comparisons of two instants, compared with files under `Expected/whatif`.
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
        Case(file: "diff.txt") { try deployment().text() },
        Case(file: "diff.de.txt") {
            try deployment().text(TextOptions(width: 80, ascii: true, language: .german))
        },
        Case(file: "diff.json") { try deployment().json() },
        Case(file: "diff-halfway.txt") { try deployment(for: 60).text() },
        Case(file: "diff-rollback.txt") { try deployment(of: "rollback").text() },
        Case(file: "diff-everything.txt") { try everything().text() },
        Case(file: "diff-gone.txt") { try everything(isTornDown: true).text() },
        Case(file: "diff-nothing.txt") { try nothing().text() },
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

    /// A scenario's deployment, from before its first call on.
    static func deployment(
        of name: String = "refcard-01", for seconds: Int = 1800
    ) throws -> Differences {
        let scenario = try #require(try Scenario(builtIn: name))
        var setup = try ScenarioSetup(scenario)
        let before = setup.live.cloud
        setup.live.run(for: .seconds(10))
        for step in scenario.deploy {
            if case .waitUntilSteady = step.action { break }
            try setup.perform(step)
        }
        setup.live.run(for: .seconds(seconds))
        return Differences(before, setup.live.cloud)
    }

    /// What a scenario has built, and the other way round.
    static func everything(isTornDown: Bool = false) throws -> Differences {
        let setup = try ScenarioSetup(try #require(try Scenario(builtIn: "refcard-01")))
        var empty = Cloud()
        if isTornDown { empty.run(until: setup.live.cloud.now + .seconds(1)) }
        return Differences(empty, setup.live.cloud)
    }

    static func nothing() throws -> Differences {
        let setup = try ScenarioSetup(try #require(try Scenario(builtIn: "refcard-01")))
        let before = setup.live.cloud
        setup.live.run(for: .hours(3))
        return Differences(setup.live.cloud, before)
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
