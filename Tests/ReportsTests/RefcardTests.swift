import Experiments
import Foundation
import Reports
import Testing

/// The exercise that Drydock began with, end to end, against the committed result.
@Suite struct RefcardTests {
    static let expected = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("fixtures/expected/refcard-01.seed1.json")

    private func json(seed: UInt64, idSeed: UInt64 = 1) throws -> String {
        let scenario = try #require(try Scenario(builtIn: "refcard-01"))
        return try Experiment(scenario, seed: seed, idSeed: idSeed).run().json()
    }

    @Test func isWhatIsCommitted() throws {
        let result = try json(seed: 1)
        if ProcessInfo.processInfo.environment["DRYDOCK_UPDATE"] == "1" {
            try Data(result.utf8).write(to: Self.expected)
        }
        #expect(try Data(contentsOf: Self.expected) == Data(result.utf8))
    }

    @Test func isTheSameEachTimeAndAnotherWithAnotherSeed() throws {
        #expect(try json(seed: 3) == json(seed: 3))
        #expect(try json(seed: 3) != json(seed: 4))
    }

    @Test func anotherSeedOfIdsChangesNamesAndNothingElse() throws {
        func figures(_ idSeed: UInt64) throws -> [DeploymentResult] {
            let scenario = try #require(try Scenario(builtIn: "refcard-01"))
            var result = try Experiment(scenario, seed: 1, idSeed: idSeed).run()
            for index in result.deployments.indices { result.deployments[index].events = [] }
            return result.deployments
        }
        #expect(try figures(1) == figures(2))
        #expect(try json(seed: 1, idSeed: 1) != json(seed: 1, idSeed: 2))
    }
}
