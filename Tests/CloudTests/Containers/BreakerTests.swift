import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Source: ecs.md sections 17 and 18.
@Suite struct BreakerTests {
    private static let sick: @Sendable (inout AppProfile) -> Void = { $0.check.status = 500 }

    /// The service's events without the numbers of deployments and tasks.
    private func endings(_ dock: Dock) throws -> [String] {
        try dock.messages().filter { $0.contains("deployment") }.map { message in
            message.replacing(/ecs-svc\/[0-9]+/, with: "N")
        }
    }

    @Test func givesAVersionUpThatFailsThreeTimes() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve(balanced: true, breaker: true)
        try dock.settle()
        try dock.push("latest", Self.sick)
        try dock.update(force: true)
        try dock.settle(.failed)

        let deployments = try dock.service().deployments!
        #expect(deployments.map(\.status) == ["PRIMARY", "ACTIVE"])
        #expect(
            deployments[0].rolloutStateReason
                == "ECS deployment circuit breaker: tasks failed to start.")
        #expect(deployments[0].failedTasks == 3)
        #expect(deployments[1].rolloutState == .completed)
        #expect(deployments[1].runningCount == 1)
        #expect(
            try endings(dock) == [
                "(service web) (deployment N) deployment completed.",
                "(service web) (deployment N) deployment failed: tasks failed to start.",
            ])

        // What was on its way goes; nothing more comes.
        dock.live.run(for: .minutes(10))
        let later = try dock.messages()
        dock.live.run(for: .hours(2))
        #expect(try dock.messages() == later)
        #expect(try dock.tasks().count == 1)
        let deployment = try dock.ecs.listServiceDeployments(service: "web", cluster: "c")
        #expect(deployment.serviceDeployments!.map(\.status) == [.stopped, .successful])
    }

    @Test func rollsBackToTheDigestsOfTheLastCompletedDeployment() throws {
        let dock = try Dock()
        let digest = try dock.push()
        try dock.define()
        try dock.serve(balanced: true, minimum: 0, maximum: 100, breaker: true, rollback: true)
        try dock.settle()
        let good = try dock.service().deployments![0].id!
        try dock.push("latest", Self.sick)
        try dock.update(force: true)
        let bad = try dock.service().deployments![0].id!
        while try dock.service().deployments![0].id == bad { dock.live.run(for: .seconds(1)) }

        let deployments = try dock.service().deployments!
        #expect(deployments[0].rolloutState == .inProgress)
        #expect(
            deployments[0].rolloutStateReason
                == "ECS deployment circuit breaker: rolling back to deploymentId \(good).")
        #expect(deployments[1].id == bad)
        #expect(deployments[1].rolloutState == .failed)
        let listed = try dock.ecs.listServiceDeployments(service: "web", cluster: "c")
        let arn = listed.serviceDeployments![0].serviceDeploymentArn!
        #expect(listed.serviceDeployments![0].status == .rollbackInProgress)
        #expect(try dock.service().currentServiceDeployment == arn)

        try dock.settle()
        let described = try dock.ecs.describeServiceDeployments(serviceDeploymentArns: [arn])
            .serviceDeployments![0]
        #expect(described.status == .rollbackSuccessful)
        #expect(
            described.statusReason
                == "Service deployment rolled back because the circuit breaker threshold was "
                + "exceeded.")
        #expect(described.deploymentCircuitBreaker?.status == .triggered)
        #expect(described.deploymentCircuitBreaker?.failureCount == 3)
        #expect(described.deploymentCircuitBreaker?.threshold == 3)
        let revision = described.rollback!.serviceRevisionArn!
        #expect(revision.hasSuffix(good.dropFirst("ecs-svc/".count)))
        #expect(try dock.service().currentServiceRevisions!.map(\.arn) == [revision])
        let task = try dock.tasks()[0]
        #expect(task.containers![0].imageDigest == digest)
        #expect(task.startedBy == (try dock.service().deployments![0].id))
        let events = try dock.messages()
        #expect(events.contains("(service web) rolling back to deployment \(good)."))
    }

    @Test func takesOverTheTasksThatStillRun() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve(2, balanced: true, breaker: true, rollback: true)
        try dock.settle()
        let before = try dock.tasks()
        try dock.push("latest", Self.sick)
        try dock.update(force: true)
        let bad = try dock.service().deployments![0].id!
        while try dock.service().deployments![0].id == bad { dock.live.run(for: .seconds(1)) }
        try dock.settle()
        let after = try dock.tasks()
        #expect(after.map(\.taskArn) == before.map(\.taskArn))
        #expect(after.map(\.startedBy) == before.map(\.startedBy), "who started it stays")
    }

    @Test func hasNothingToGoBackToAtFirst() throws {
        let dock = try Dock()
        try dock.push("latest", Self.sick)
        try dock.define()
        try dock.serve(balanced: true, breaker: true, rollback: true)
        try dock.settle(.failed)
        #expect(try dock.service().deployments!.count == 1)
        dock.live.run(for: .minutes(30))
        #expect(try dock.tasks().isEmpty)
    }

    @Test func countsCrashesButNotThoseOfHealthyTasks() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve(breaker: true)
        try dock.settle()
        try dock.push { $0.crash = .init(after: .seconds(20), exitCode: 3) }
        try dock.update(force: true)
        try dock.settle(.failed)
        let stopped = try dock.tasks(.stopped).first { $0.stopCode == .essentialContainerExited }
        #expect(stopped?.stoppedReason == "Essential container in task exited")
        #expect(stopped?.containers?[0].exitCode == 3)

        // Healthy after 40 to 50 s, and only then gone: no failure to the breaker.
        try dock.push { $0.crash = .init(after: .minutes(5), exitCode: 3) }
        try dock.update(force: true)
        try dock.settle()
        dock.live.run(for: .hours(1))
        #expect(try dock.service().deployments!.allSatisfy { $0.rolloutState == .completed })
    }

    @Test func countsFailuresToStart() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve(3, breaker: true, rollback: true)
        try dock.settle()
        let good = try dock.service().taskDefinition
        let missing = try dock.define("app", [Dock.container(tag: "missing")])
        try dock.update(definition: missing)
        #expect(try dock.service().taskDefinition == missing)
        while try dock.service().taskDefinition == missing { dock.live.run(for: .seconds(1)) }
        #expect(try dock.service().taskDefinition == good)
        try dock.settle()
    }

    @Test(arguments: [(0, 3), (1, 3), (6, 3), (7, 4), (25, 13), (400, 200), (800, 200)])
    func hasAThresholdOfHalfTheDesiredCount(desired: Int, threshold: Int) throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve(desired)
        let service = ServiceID(rawValue: 0)
        #expect(dock.live.cloud.breakerThreshold(of: service) == threshold)
    }

    @Test func doesNotActOnceATaskIsHealthyAgain() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve(breaker: true)
        try dock.settle()
        try dock.update(force: true)
        let service = dock.live.cloud.containers.services[ServiceID(rawValue: 0)]
        let task = service.tasks[0]
        for _ in 0..<3 { dock.live.cloud.noteFailure(of: task) }
        #expect(!dock.live.cloud.containers.deployments[service.deployments[0]].isBreakerDue)
        dock.live.run(for: .seconds(20))
        let new = dock.live.cloud.containers.services[ServiceID(rawValue: 0)].tasks[1]
        for _ in 0..<3 { dock.live.cloud.noteFailure(of: new) }
        #expect(dock.live.cloud.containers.deployments[service.deployments[0]].isBreakerDue)
        dock.live.cloud.containers.deployments[service.deployments[0]].failedTasks = 0
        try dock.settle()
    }
}
