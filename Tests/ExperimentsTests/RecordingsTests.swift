import Cloud
import CloudAPI
import Simulation
import Testing

@testable import Experiments

@Suite struct RecordingsTests {
    /// Plays the deployment of a scenario as a server sees it: call by call, event by event.
    static func play(_ name: String) throws -> (Recordings, Cloud) {
        var setup = try ScenarioSetup(try #require(try Scenario(builtIn: name)))
        let live = setup.live
        final class Box { var recordings = Recordings() }
        let box = Box()
        live.watch = { box.recordings.observe($0) }
        for step in setup.scenario.deploy {
            try setup.perform(step, until: live.cloud.now + Duration.minutes(30))
        }
        live.run(for: .minutes(30))
        return (box.recordings, live.cloud)
    }

    @Test(arguments: [
        ("refcard-01", DeploymentResult.Outcome.completed), ("rollback", .rolledBack),
        ("breaker", .failed), ("never-healthy", .stuck),
    ])
    func oneEntryForEachCall(scenario: String, outcome: DeploymentResult.Outcome) throws {
        let (recordings, cloud) = try Self.play(scenario)
        let results = recordings.measured(in: cloud)
        #expect(results.map(\.result.outcome) == [outcome])
        #expect(cloud.containers.deployments[results[0].deployment].undoes == nil)
    }

    @Test func measuresWhatARunOfTheScenarioMeasures() throws {
        let (recordings, cloud) = try Self.play("refcard-01")
        let run = try Experiment(try #require(try Scenario(builtIn: "refcard-01"))).run()
            .deployments[0]
        let recorded = recordings.results(in: cloud)[0]
        #expect(recorded.bothVersions == run.bothVersions)
        #expect(recorded.restart == run.restart)
    }

    @Test func leavesOutWhatIsNotPartOfTheStory() throws {
        var (recordings, cloud) = try Self.play("refcard-01")
        let service = cloud.containers.services.first { _ in true }!.id
        recordings.leaveOut(service, in: cloud)
        #expect(recordings.results(in: cloud).isEmpty)
    }
}
