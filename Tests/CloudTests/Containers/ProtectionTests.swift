import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Source: ecs.md sections 16.3, 25.10 and 32.4.
@Suite struct ProtectionTests {
    @Test func keepsTasksFromBeingScaledIn() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve(3)
        try dock.settle()
        let arns = try dock.tasks().map { $0.taskArn! }
        let answer = try dock.ecs.updateTaskProtection(
            cluster: "c", tasks: [arns[0], arns[1]], protectionEnabled: true, expiresInMinutes: 60)
        #expect(answer.protectedTasks?.map(\.protectionEnabled) == [true, true])
        try dock.update(1)
        dock.live.run(for: .minutes(5))
        #expect(try dock.tasks().map { $0.taskArn! } == [arns[0], arns[1]])
        let id = try dock.service().deployments![0].id!
        let message =
            "(service web) was unable to reach steady state because (taskSet \(id)) was unable to "
            + "scale in due to (reason 2 tasks under protection)"
        #expect(try dock.messages().count { $0 == message } == 1)
        dock.live.run(for: .hours(1))
        #expect(try dock.tasks().count == 1, "an hour later it is over")
        let left = try dock.ecs.getTaskProtection(cluster: "c")
        #expect(left.protectedTasks?.map(\.protectionEnabled) == [false])
    }

    @Test func holdsADeploymentUp() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        try dock.settle()
        let arn = try dock.tasks()[0].taskArn!
        try dock.ecs.updateTaskProtection(cluster: "c", tasks: [arn], protectionEnabled: true)
        let until = try dock.ecs.getTaskProtection(cluster: "c", tasks: [arn]).protectedTasks![0]
            .expirationDate!
        #expect(until == dock.live.cloud.calendar(dock.live.cloud.now + .hours(2)))
        try dock.update(force: true)
        dock.live.run(for: .minutes(10))
        #expect(try dock.service().deployments!.map(\.rolloutState) == [.inProgress, .completed])
        // What is on its way out can no longer be protected.
        let blocked = try dock.ecs.updateTaskProtection(
            cluster: "c", tasks: [arn], protectionEnabled: true)
        #expect(blocked.failures?.map(\.reason) == ["DEPLOYMENT_BLOCKED"])
        try dock.ecs.updateTaskProtection(cluster: "c", tasks: [arn], protectionEnabled: false)
        try dock.settle()
    }

    @Test func isForTasksOfServicesOnly() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        let alone = try dock.ecs.runTask(
            cluster: "c", launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app"
        ).tasks![0].taskArn!
        let answer = try dock.ecs.updateTaskProtection(
            cluster: "c", tasks: [alone, "unknown"], protectionEnabled: true)
        #expect(answer.failures?.map(\.reason) == ["TASK_NOT_VALID", "MISSING"])
        #expect(answer.failures?[1].arn == "arn:aws:ecs:us-east-1:000000000000:task/c/unknown")
        #expect(answer.protectedTasks?.isEmpty == true)
    }

    @Test func refuses() throws {
        let dock = try Dock()
        func refused(_ code: String, _ message: String?, _ call: () throws -> Void) throws {
            try expectRefusal(code, message, of: dock.live, call)
        }
        try refused("ClusterNotFoundException", "Cluster not found.") {
            try dock.ecs.updateTaskProtection(
                cluster: "none", tasks: ["a"], protectionEnabled: true)
        }
        try refused("InvalidParameterException", "Tasks cannot be empty.") {
            try dock.ecs.updateTaskProtection(cluster: "c", tasks: [], protectionEnabled: true)
        }
        try refused("InvalidParameterException", nil) {
            try dock.ecs.updateTaskProtection(
                cluster: "c", tasks: (0..<11).map(String.init), protectionEnabled: true)
        }
        for minutes in [0, 2881] {
            try refused("InvalidParameterException", nil) {
                try dock.ecs.updateTaskProtection(
                    cluster: "c", tasks: ["a"], protectionEnabled: true, expiresInMinutes: minutes)
            }
        }
        try refused("InvalidParameterException", nil) {
            try dock.ecs.getTaskProtection(cluster: "c", tasks: (0...100).map(String.init))
        }
    }
}
