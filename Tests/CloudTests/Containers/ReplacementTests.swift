import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What happens to a service in the middle of a deployment. Source: ecs.md sections 12 and 13; AWS,
/// "Amazon ECS improves Service Availability during Rolling deployments", November 2025.
@Suite struct ReplacementTests {
    /// A service in the middle of a deployment of a version that never gets healthy.
    private func stuck(
        _ count: Int, minimum: Int = 100, maximum: Int = 200
    ) throws -> (Dock, old: String, new: String) {
        let dock = try Dock()
        let old = try dock.define()
        try dock.serve(count, balanced: true, minimum: minimum, maximum: maximum)
        try dock.settle()
        try dock.push("slow") { $0.bootCPUSeconds = 3600 }
        let new = try dock.define("app", [Dock.container(tag: "slow")])
        try dock.ecs.updateService(
            cluster: "c", service: "web", taskDefinition: new,
            healthCheckGracePeriodSeconds: 7200)
        dock.live.run(for: .minutes(2))
        return (dock, old, new)
    }

    private func counts(_ dock: Dock, _ definitions: String...) throws -> [Int] {
        let tasks = try dock.tasks()
        return definitions.map { wanted in tasks.count { $0.taskDefinitionArn == wanted } }
    }

    @Test func replacesWhatTheOldVersionLosesByItsOwnRevision() throws {
        let (dock, old, new) = try stuck(2)
        #expect(try counts(dock, old, new) == [2, 2])
        let victim = try dock.tasks().first { $0.taskDefinitionArn == old }!
        try dock.ecs.stopTask(cluster: "c", task: victim.taskArn!)
        dock.live.run(for: .minutes(4))
        #expect(try counts(dock, old, new) == [2, 2])
        let again = try dock.tasks().filter { $0.taskDefinitionArn == old }
        #expect(!again.contains { $0.taskArn == victim.taskArn })
        #expect(Set(again.map { $0.startedBy }).count == 1, "for the deployment it belongs to")
        let deployments = try dock.service().deployments!
        #expect(deployments.map(\.runningCount) == [2, 2])
    }

    @Test func replacesOnlyWhatTheMinimumNeeds() throws {
        let (dock, old, new) = try stuck(4, minimum: 50)
        #expect(try counts(dock, old, new) == [2, 4], "two could be spared at once")
        let victim = try dock.tasks().first { $0.taskDefinitionArn == old }!
        try dock.ecs.stopTask(cluster: "c", task: victim.taskArn!)
        dock.live.run(for: .minutes(4))
        #expect(try counts(dock, old, new) == [2, 4])
        let (other, first, second) = try stuck(4, minimum: 0)
        #expect(try counts(other, first, second) == [0, 4])
        other.live.run(for: .minutes(4))
        #expect(try counts(other, first, second) == [0, 4], "a minimum of 0 needs none")
    }

    @Test func scalesBothVersionsInTheMiddleOfADeployment() throws {
        let (dock, old, new) = try stuck(2)
        try dock.update(3)
        dock.live.run(for: .minutes(4))
        #expect(try counts(dock, old, new) == [3, 3])
        try dock.update(1)
        dock.live.run(for: .minutes(4))
        #expect(try counts(dock, old, new) == [1, 1])
        #expect(try dock.service().deployments![0].desiredCount == 1)
    }

    @Test func aCountThatComesWithANewVersionIsTheNewOnes() throws {
        let dock = try Dock()
        let old = try dock.define()
        try dock.serve(1)
        try dock.settle()
        let new = try dock.define()
        try dock.update(4, definition: new)
        dock.live.run(for: .seconds(40))
        #expect(try counts(dock, old, new) == [1, 4])
        try dock.settle()
        #expect(try counts(dock, old, new) == [0, 4])
    }

    @Test func keepsTheOldVersionUpAfterAFailure() throws {
        let dock = try Dock()
        let old = try dock.define()
        try dock.serve(2, balanced: true, breaker: true)
        try dock.settle()
        try dock.push("sick") { $0.check.status = 500 }
        let new = try dock.define("app", [Dock.container(tag: "sick")])
        try dock.update(definition: new)
        try dock.settle(.failed)
        dock.live.run(for: .minutes(5))
        #expect(try counts(dock, old, new) == [2, 0])
        let victim = try dock.tasks()[0]
        try dock.ecs.stopTask(cluster: "c", task: victim.taskArn!)
        dock.live.run(for: .minutes(5))
        #expect(try counts(dock, old, new) == [2, 0])
    }

    @Test func aDeletedServiceDrainsWhateverItsDeploymentsDo() throws {
        for state in ["stuck", "failed"] {
            let (dock, _, _) = try stuck(2)
            if state == "failed" {
                let arn = try dock.ecs.listServiceDeployments(service: "web", cluster: "c")
                    .serviceDeployments![0].serviceDeploymentArn!
                try dock.ecs.stopServiceDeployment(serviceDeploymentArn: arn, stopType: .abort)
            }
            let arns = try dock.tasks().map { $0.taskArn! }
            try dock.ecs.updateTaskProtection(
                cluster: "c", tasks: [arns[3]], protectionEnabled: true)
            let deleted = try dock.ecs.deleteService(cluster: "c", service: "web", force: true)
            #expect(deleted.service?.status == "DRAINING" && deleted.service?.desiredCount == 0)
            #expect(try dock.ecs.listServices(cluster: "c").serviceArns?.isEmpty == true)
            dock.live.run(for: .minutes(5))
            #expect(try dock.service().status == "INACTIVE")
            #expect(try dock.tasks().isEmpty)
            dock.live.run(for: .hours(4))
            #expect(
                try dock.ecs.describeServices(cluster: "c", services: ["web"]).failures?
                    .map(\.reason) == ["MISSING"])
            #expect(dock.live.cloud.containers.protectedUntil.isEmpty)
        }
    }
}
