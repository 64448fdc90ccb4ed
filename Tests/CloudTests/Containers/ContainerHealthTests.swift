import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Source: ecs.md sections 7.8, 8.8, 12.20, 14 and 15 (T8).
@Suite struct ContainerHealthTests {
    private static func checked(
        _ tag: String = "latest", interval: Int = 30, timeout: Int = 5, retries: Int = 3,
        startPeriod: Int? = nil
    ) -> ECS.ContainerDefinition {
        Dock.container(tag: tag) {
            $0.healthCheck = ECS.HealthCheck(
                command: ["CMD-SHELL", "curl -f http://localhost/"], interval: interval,
                timeout: timeout, retries: retries, startPeriod: startPeriod)
        }
    }

    /// How long after RUNNING the health of a task of its own becomes this.
    private func time(
        to health: ECS.HealthStatus, _ container: ECS.ContainerDefinition,
        _ change: (inout AppProfile) -> Void
    ) throws -> Duration? {
        let dock = try Dock()
        try dock.push("latest", change)
        try dock.define("app", [container])
        let arn = try dock.ecs.runTask(
            cluster: "c", launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app"
        ).tasks![0].taskArn!
        func task() throws -> ECS.Task {
            try dock.ecs.describeTasks(cluster: "c", tasks: [arn]).tasks![0]
        }
        let id = dock.live.cloud.naming.taskID(hex32: arn.split(separator: "/").last!)!
        let end = dock.live.cloud.now + .minutes(15)
        guard
            dock.live.run(
                until: end,
                or: { $0.containers.tasks[id].health.rawValue == health.rawValue })
        else { return nil }
        #expect(try task().healthStatus == health)
        return dock.live.cloud.now - dock.live.cloud.containers.tasks[id].startedAt!
    }

    @Test func isHealthyAfterTheFirstCheckThatPasses() throws {
        let quick = try time(to: .healthy, Self.checked()) { $0.bootCPUSeconds = 3 }
        #expect(quick == .milliseconds(30_020))
        let slow = try time(to: .healthy, Self.checked(interval: 5)) { $0.bootCPUSeconds = 12 }
        #expect(slow == .milliseconds(15_020))
    }

    @Test func isUnhealthyAfterSoManyFailures() throws {
        let refused = try time(to: .unhealthy, Self.checked(interval: 10, retries: 4)) {
            $0.check.status = 503
        }
        #expect(refused == .milliseconds(40_020))
        let late = try time(to: .unhealthy, Self.checked(interval: 10)) {
            $0.check.after = .seconds(8)
        }
        #expect(late == .seconds(35), "each takes its timeout")
    }

    @Test func isPatientInTheStartPeriod() throws {
        let boots: (inout AppProfile) -> Void = { $0.bootCPUSeconds = 50 }
        let without = try time(to: .unhealthy, Self.checked(interval: 10), boots)
        #expect(without == .seconds(30))
        let with = try time(
            to: .unhealthy, Self.checked(interval: 10, startPeriod: 60), boots)
        #expect(with == nil, "it passes before failures count")
        let healthy = try time(to: .healthy, Self.checked(interval: 10), boots)
        #expect(healthy == .milliseconds(50_020), "and one that was only slow recovers")
    }

    @Test func decidesWithoutTheFortySeconds() throws {
        let dock = try Dock()
        try dock.define("app", [Self.checked(interval: 5)])
        try dock.serve()
        try dock.settle()
        let task = dock.live.cloud.containers.tasks[TaskID(rawValue: 0)]
        #expect(task.healthySince! - task.startedAt! < .seconds(16), "5 s, and the next look")
    }

    @Test func isReplacedByItsService() throws {
        let dock = try Dock()
        try dock.push("sick") { $0.check.status = 500 }
        try dock.define("app", [Self.checked("sick", interval: 30)])
        try dock.serve()
        dock.live.run(for: .minutes(4))
        let stopped = try #require(try dock.tasks(.stopped).first)
        #expect(stopped.stoppedReason == "Task failed container health checks")
        #expect(stopped.stopCode == .serviceSchedulerInitiated)
        #expect(stopped.healthStatus == .unhealthy)
        let id = stopped.taskArn!.split(separator: "/").last!
        let messages = try dock.messages()
        let failed = try #require(
            messages.firstIndex(of: "(service web) (task \(id)) failed container health checks."))
        // T8: the replacement, the failure and the stop come in one look, in this order.
        #expect(
            messages[failed - 1].hasSuffix(
                "Amazon ECS replaced 1 tasks due to an unhealthy status."))
        #expect(messages[failed + 1] == "(service web) has stopped 1 running tasks: (task \(id)).")
    }

    @Test func isLeftAloneInTheGracePeriod() throws {
        let dock = try Dock()
        try dock.push("sick") { $0.check.status = 500 }
        try dock.define("app", [Self.checked("sick", interval: 5)])
        try dock.serve(grace: 300)
        dock.live.run(for: .minutes(5))
        #expect(try dock.tasks(.stopped).isEmpty)
        dock.live.run(for: .minutes(2))
        #expect(try dock.tasks(.stopped).count == 1)
    }

    @Test func ofAStandaloneTaskNothingIsStopped() throws {
        let dock = try Dock()
        try dock.push("sick") { $0.check.status = 500 }
        try dock.define("app", [Self.checked("sick", interval: 5)])
        try dock.ecs.runTask(
            cluster: "c", launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app")
        dock.live.run(for: .hours(1))
        #expect(try dock.tasks().map(\.healthStatus) == [.unhealthy])
    }

    @Test func tripsTheBreaker() throws {
        let dock = try Dock()
        try dock.define("app", [Self.checked(interval: 10)])
        try dock.serve(breaker: true, rollback: true)
        try dock.settle()
        try dock.push { $0.check.status = 500 }
        try dock.update(force: true)
        let bad = try dock.service().deployments![0].id
        while try dock.service().deployments![0].id == bad { dock.live.run(for: .seconds(1)) }
        try dock.settle()
        #expect(try dock.tasks().map(\.healthStatus) == [.healthy])
    }
}
