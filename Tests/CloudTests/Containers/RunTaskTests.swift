import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Source: ecs.md section 25.
@Suite struct RunTaskTests {
    private func run(
        _ dock: Dock, count: Int? = nil, definition: String = "app", token: String? = nil,
        overrides: ECS.TaskOverride? = nil, startedBy: String? = nil,
        launchType: ECS.LaunchType? = .fargate, network: Bool = true, cluster: String = "c",
        strategy: [ECS.CapacityProviderStrategyItem]? = nil, tags: ECS.PropagateTags? = nil
    ) throws -> ECS.RunTask.Output {
        try dock.live.perform(
            ECS.RunTask(
                capacityProviderStrategy: strategy, cluster: cluster, count: count,
                launchType: launchType, networkConfiguration: network ? dock.network : nil,
                overrides: overrides, propagateTags: tags, startedBy: startedBy,
                taskDefinition: definition, clientToken: token))
    }

    @Test func startsSeveralWithOverrides() throws {
        let dock = try Dock()
        try dock.push("latest") { $0.memoryMebibytes = 3000 }
        try dock.define()
        let overrides = ECS.TaskOverride(
            containerOverrides: [.init(name: "app", command: ["migrate"])], memory: "4096")
        let output = try run(dock, count: 3, overrides: overrides, startedBy: "deploy/7")
        #expect(output.tasks?.count == 3)
        #expect(output.failures?.isEmpty == true)
        let task = output.tasks![0]
        #expect(task.lastStatus == "PROVISIONING" && task.desiredStatus == "RUNNING")
        #expect(task.attachments?[0].status == "PRECREATED")
        #expect(task.attachments?[0].details?.map(\.name) == ["subnetId"])
        #expect(task.overrides?.containerOverrides?[0].command == ["migrate"])
        #expect(task.memory == "4096" && task.cpu == "1024")
        #expect(task.startedBy == "deploy/7" && task.group == "family:app")
        dock.live.run(for: .minutes(2))
        #expect(try dock.tasks().count == 3, "with 2048 MiB they would have been killed")
        _ = try run(dock, count: 1)
        dock.live.run(for: .minutes(2))
        #expect(try dock.tasks().count == 3)
    }

    @Test func answersTheSameForTheSameToken() throws {
        let dock = try Dock()
        try dock.define()
        let first = try run(dock, token: "once")
        #expect(try run(dock, token: "once").tasks?[0].taskArn == first.tasks?[0].taskArn)
        try expectRefusal("ConflictException", of: dock.live) {
            _ = try run(dock, count: 2, token: "once")
        }
        dock.live.run(for: .hours(25))
        #expect(try run(dock, token: "once").tasks?[0].taskArn != first.tasks?[0].taskArn)
    }

    @Test func refuses() throws {
        let dock = try Dock()
        try dock.define()
        func refused(
            _ code: String, _ message: String?, _ call: @escaping () throws -> Void
        ) throws { try expectRefusal(code, message, of: dock.live, call) }
        let invalid = "InvalidParameterException"
        try refused("ClusterNotFoundException", "Cluster not found.") {
            _ = try self.run(dock, cluster: "none")
        }
        try refused("ClientException", "TaskDefinition not found.") {
            _ = try self.run(dock, definition: "none")
        }
        try refused(
            invalid,
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        ) { _ = try self.run(dock, network: false) }
        try refused(invalid, "launch type should be one of [EC2,FARGATE,EXTERNAL]") {
            _ = try self.run(dock, launchType: .init(rawValue: "MOON"))
        }
        try refused(invalid, "No Container Instances were found in your cluster.") {
            _ = try self.run(dock, launchType: .ec2)
        }
        try refused(
            invalid, "Specify either Launch Type or Capacity Provider Strategy, but not both."
        ) { _ = try self.run(dock, strategy: [.init(capacityProvider: "FARGATE")]) }
        for count in [0, 11] {
            try refused(invalid, nil) { _ = try self.run(dock, count: count) }
        }
        try refused(invalid, nil) {
            _ = try self.run(dock, overrides: .init(containerOverrides: [.init(name: "other")]))
        }
        try refused(invalid, nil) {
            let long = String(repeating: "x", count: 8200)
            _ = try self.run(
                dock, overrides: .init(containerOverrides: [.init(name: "app", command: [long])]))
        }
        try refused(invalid, nil) { _ = try self.run(dock, startedBy: "a b") }
        try refused(invalid, nil) { _ = try self.run(dock, token: "a b") }
        try refused(invalid, nil) { _ = try self.run(dock, tags: .service) }
        try dock.ecs.deregisterTaskDefinition(taskDefinition: "app:1")
        try refused(invalid, "TaskDefinition is inactive") {
            _ = try self.run(dock, definition: "app:1")
        }
    }

    @Test func stopsAndRefusesToStop() throws {
        let dock = try Dock()
        try dock.define()
        let arn = try run(dock).tasks![0].taskArn!
        try expectRefusal(
            "InvalidParameterException", "The referenced task was not found.", of: dock.live
        ) { try dock.ecs.stopTask(cluster: "c", task: "none") }
        dock.live.run(for: .minutes(1))
        let stopped = try dock.ecs.stopTask(cluster: "c", task: arn, reason: "enough").task!
        #expect(stopped.desiredStatus == "STOPPED" && stopped.stoppedReason == "enough")
        #expect(stopped.stopCode == .userInitiated)
        dock.live.run(for: .minutes(2))
        let again = try dock.ecs.stopTask(cluster: "c", task: arn, reason: "other").task!
        #expect(again.lastStatus == "STOPPED" && again.stoppedReason == "enough")
    }

    @Test func startTaskFindsNoInstances() throws {
        let dock = try Dock()
        try dock.define()
        let answer = try dock.ecs.startTask(
            cluster: "c", containerInstances: ["abc"], taskDefinition: "app")
        #expect(answer.failures?.map(\.reason) == ["MISSING"])
        #expect(
            answer.failures?[0].arn
                == "arn:aws:ecs:us-east-1:000000000000:container-instance/c/abc")
        try expectRefusal(
            "ClientException", "Container Instances cannot be empty.", of: dock.live
        ) {
            try dock.ecs.startTask(cluster: "c", containerInstances: [], taskDefinition: "app")
        }
        try expectRefusal("ClientException", "TaskDefinition not found.", of: dock.live) {
            try dock.ecs.startTask(cluster: "c", containerInstances: ["a"], taskDefinition: "b")
        }
        try expectRefusal("InvalidParameterException", of: dock.live) {
            try dock.ecs.startTask(
                cluster: "c", containerInstances: (0..<11).map(String.init),
                taskDefinition: "app")
        }
    }
}
