import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Source: ecs.md sections 7.7 to 7.15, 9, 10.5 and 11.
@Suite struct ContainerOrderTests {
    private let dock: Dock

    init() throws {
        dock = try Dock()
        try dock.push("init") { $0.crash = .init(after: .seconds(5), exitCode: 0) }
        try dock.push("failing") { $0.crash = .init(after: .seconds(5), exitCode: 4) }
        try dock.push("slow") { $0.bootCPUSeconds = 50 }
        try dock.push("stubborn") { $0.exitsAfterTerm = nil }
        try dock.push("hungry") { $0.memoryMebibytes = 1500 }
        try dock.push("flaky") { $0.crash = .init(after: .seconds(100), exitCode: 7) }
    }

    /// A container without a port.
    private func helper(
        _ name: String, tag: String, essential: Bool = false,
        _ change: (inout ECS.ContainerDefinition) -> Void = { _ in }
    ) -> ECS.ContainerDefinition {
        var container = ECS.ContainerDefinition(
            name: name, image: Dock.image(tag), essential: essential)
        change(&container)
        return container
    }

    private func app(after name: String, _ condition: ECS.ContainerCondition)
        -> ECS.ContainerDefinition
    {
        Dock.container {
            $0.dependsOn = [.init(containerName: name, condition: condition)]
        }
    }

    private func run() throws -> String {
        try dock.ecs.runTask(
            cluster: "c", launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app"
        ).tasks![0].taskArn!
    }

    private func task(_ arn: String) throws -> ECS.Task {
        try dock.ecs.describeTasks(cluster: "c", tasks: [arn]).tasks![0]
    }

    private func run(_ arn: String, until status: String, within limit: Duration = .minutes(10))
        throws -> ECS.Task
    {
        let end = dock.live.cloud.now + limit
        while dock.live.cloud.now < end, try task(arn).lastStatus != status {
            dock.live.run(for: .milliseconds(200))
        }
        let task = try task(arn)
        #expect(task.lastStatus == status)
        return task
    }

    private func statuses(_ task: ECS.Task) -> [String] { task.containers!.map { $0.lastStatus! } }

    @Test(arguments: [ECS.ContainerCondition.complete, .success])
    func anInitContainerEndsBeforeTheAppStarts(condition: ECS.ContainerCondition) throws {
        try dock.define("app", [helper("init", tag: "init"), app(after: "init", condition)])
        let arn = try run()
        #expect(statuses(try run(arn, until: "ACTIVATING")) == ["RUNNING", "PENDING"])
        let running = try run(arn, until: "RUNNING")
        #expect(statuses(running) == ["STOPPED", "RUNNING"])
        #expect(running.containers![0].exitCode == 0)
        // 1 s to boot, 5 s at work.
        let waited = running.startedAt!.milliseconds - running.pullStoppedAt!.milliseconds
        #expect((8000...9200).contains(waited))
    }

    @Test func anInitContainerThatFailsStopsTheTask() throws {
        try dock.define("app", [helper("init", tag: "failing"), app(after: "init", .success)])
        let task = try run(try run(), until: "STOPPED")
        #expect(task.stopCode == .taskFailedToStart)
        #expect(task.stoppedReason == "Task failed to start")
        #expect(task.startedAt == nil)
        #expect(task.containers!.map(\.exitCode) == [4, nil])
    }

    @Test func toBeCompleteItMayFail() throws {
        try dock.define("app", [helper("init", tag: "failing"), app(after: "init", .complete)])
        #expect(statuses(try run(try run(), until: "RUNNING")) == ["STOPPED", "RUNNING"])
    }

    @Test func aStartTimeoutIsNotWaitedForLonger() throws {
        try dock.define(
            "app",
            [
                helper("init", tag: "slow") { $0.startTimeout = 20 },
                app(after: "init", .complete),
            ])
        let task = try run(try run(), until: "STOPPED")
        #expect(task.stopCode == .taskFailedToStart)
        let lasted = task.stoppingAt!.milliseconds - task.pullStoppedAt!.milliseconds
        #expect((22_000...23_000).contains(lasted), "2 to 3 s to the start, then 20 s")
    }

    @Test func oneWaitsForTheOthersHealth() throws {
        let check = ECS.HealthCheck(command: ["CMD-SHELL", "true"], interval: 10)
        try dock.define(
            "app",
            [
                helper("cache", tag: "latest", essential: true) { $0.healthCheck = check },
                app(after: "cache", .healthy),
            ])
        let task = try run(try run(), until: "RUNNING")
        #expect(task.containers!.map(\.healthStatus) == [.healthy, .unknown])
        #expect(task.healthStatus == .healthy)
        let waited = task.startedAt!.milliseconds - task.pullStoppedAt!.milliseconds
        #expect((12_000...13_100).contains(waited), "the first check comes after 10 s")
    }

    @Test func theyStopInTheReverseOrder() throws {
        try dock.define(
            "app",
            [
                helper("proxy", tag: "latest", essential: true),
                Dock.container(tag: "stubborn") {
                    $0.dependsOn = [.init(containerName: "proxy", condition: .start)]
                    $0.stopTimeout = 10
                },
            ])
        let arn = try run()
        _ = try run(arn, until: "RUNNING")
        dock.live.run(for: .seconds(10))
        try dock.ecs.stopTask(cluster: "c", task: arn)
        dock.live.run(for: .seconds(9))
        #expect(statuses(try task(arn)) == ["RUNNING", "RUNNING"], "the proxy waits for the app")
        dock.live.run(for: .seconds(3))
        #expect(try task(arn).containers!.map(\.exitCode) == [0, 137])
    }

    @Test func anEssentialContainerTakesTheOthersAlong() throws {
        try dock.define(
            "app",
            [helper("sidecar", tag: "latest"), Dock.container(tag: "flaky")])
        let task = try run(try run(), until: "STOPPED")
        #expect(task.stopCode == .essentialContainerExited)
        #expect(task.stoppedReason == "Essential container in task exited")
        #expect(task.containers!.map(\.exitCode) == [0, 7])
    }

    @Test func aSidecarMayGo() throws {
        try dock.define("app", [helper("sidecar", tag: "flaky"), Dock.container()])
        let arn = try run()
        _ = try run(arn, until: "RUNNING")
        dock.live.run(for: .minutes(30))
        #expect(statuses(try task(arn)) == ["STOPPED", "RUNNING"])
    }

    @Test func aRestartPolicyStartsAContainerAgainInPlace() throws {
        func policy(_ period: Int, ignoring codes: [Int] = []) -> ECS.ContainerRestartPolicy {
            .init(enabled: true, ignoredExitCodes: codes, restartAttemptPeriod: period)
        }
        try dock.define("app", [Dock.container(tag: "flaky") { $0.restartPolicy = policy(60) }])
        let again = try run()
        try dock.define("app", [Dock.container(tag: "flaky") { $0.restartPolicy = policy(180) }])
        let tooSoon = try run()
        try dock.define(
            "app", [Dock.container(tag: "flaky") { $0.restartPolicy = policy(60, ignoring: [7]) }])
        let ignored = try run()
        dock.live.run(for: .minutes(30))
        #expect(try task(again).lastStatus == "RUNNING")
        #expect(try task(tooSoon).lastStatus == "STOPPED", "it ran for 101 s, less than 180")
        #expect(try task(ignored).containers![0].exitCode == 7)
        let id = try #require(
            dock.live.cloud.naming.taskID(hex32: again.split(separator: "/").last!))
        let runs = dock.live.cloud.containers.tasks[id].containers[0].run
        #expect((15...18).contains(runs), "every 103 s or so")
    }

    @Test func memoryIsSharedByTheContainersOfATask() throws {
        try dock.define(
            "app",
            [helper("first", tag: "hungry"), helper("second", tag: "hungry", essential: true)])
        let task = try run(try run(), until: "STOPPED")
        #expect(task.containers![1].exitCode == 137)
        #expect(
            task.containers![1].reason == "OutOfMemoryError: Container killed due to memory usage")
        #expect(task.stoppedReason == "Essential container in task exited")
    }

    @Test func aContainerHasALimitOfItsOwn() throws {
        try dock.define("app", [Dock.container(tag: "hungry") { $0.memory = 1024 }])
        #expect(try run(try run(), until: "STOPPED").containers![0].exitCode == 137)
        try dock.define("app", [Dock.container(tag: "hungry") { $0.memory = 1600 }])
        #expect(try run(try run(), until: "RUNNING").containers![0].exitCode == nil)
    }

    @Test func aCrashLoopOfAServiceIsNotThrottled() throws {
        try dock.define("app", [Dock.container(tag: "init")])
        try dock.serve()
        dock.live.run(for: .minutes(20))
        // 20 s to start, 6 s at work, 11 s until it is noticed, up to 10 s until the next look.
        let count = try dock.messages().count { $0.contains("has started 1 tasks") }
        #expect((20...30).contains(count))
        #expect(!(try dock.messages().contains { $0.contains("unable to consistently") }))
    }

    /// They share one network interface: vpc.md section 7.
    @Test func thePortOfAnotherContainerIsTaken() throws {
        try dock.define("app", [Dock.container("first"), Dock.container("second")])
        let task = try run(try run(), until: "STOPPED")
        #expect(task.stopCode == .essentialContainerExited)
        let codes = task.containers!.map(\.exitCode)
        #expect(codes.contains(1) && codes.contains { $0 != 1 })
    }

    @Test func aPortIsFreeAgainWhenItsProgramHasEnded() throws {
        try dock.define(
            "app",
            [
                Dock.container("first", tag: "init") { $0.essential = false },
                Dock.container("second") {
                    $0.dependsOn = [.init(containerName: "first", condition: .success)]
                },
            ])
        let running = try run(try run(), until: "RUNNING")
        dock.live.run(for: .seconds(30))
        #expect(try task(running.taskArn!).lastStatus == "RUNNING")
    }
}
