import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Each refusal leaves the cloud as it was. Source: ecs.md sections 3.7, 5.5, 12, 25 and 26.
@Suite struct ServiceRefusalTests {
    private static let invalid = "InvalidParameterException"

    /// A dock with a service `web`, a definition `bridge:1` for instances and an unused group.
    private func dock() throws -> Dock {
        let dock = try Dock()
        try dock.define()
        try dock.serve(balanced: true)
        try dock.ecs.registerTaskDefinition(
            family: "bridge",
            containerDefinitions: [.init(name: "app", image: "nginx", memory: 128)])
        try dock.ecs.createCluster(clusterName: "gone")
        try dock.ecs.deleteCluster(cluster: "gone")
        try dock.settle()
        return dock
    }

    private struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        let message: String?
        let call: @Sendable (Dock) throws -> Void
        var testDescription: String { name }
        init(
            _ name: String, _ code: String, _ message: String?,
            _ call: @escaping @Sendable (Dock) throws -> Void
        ) { (self.name, self.code, self.message, self.call) = (name, code, message, call) }
    }

    /// CreateService with one thing otherwise than it should be.
    private static func create(
        _ dock: Dock, _ change: (inout ECS.CreateService) -> Void
    ) throws {
        var call = ECS.CreateService(
            cluster: "c", serviceName: "other", taskDefinition: "app", desiredCount: 1,
            launchType: .fargate, networkConfiguration: dock.network)
        change(&call)
        _ = try dock.live.perform(call)
    }

    private static let creations: [Case] = [
        Case("unknown cluster", "ClusterNotFoundException", "Cluster not found.") {
            try create($0) { $0.cluster = "none" }
        },
        Case(
            "deleted cluster", "ClusterNotFoundException", "The referenced cluster was inactive."
        ) { try create($0) { $0.cluster = "gone" } },
        Case("name with a space", invalid, nil) { try create($0) { $0.serviceName = "a b" } },
        Case("same name", invalid, "Creation of service was not idempotent.") {
            try create($0) { $0.serviceName = "web" }
        },
        Case("unknown definition", "ClientException", "TaskDefinition not found.") {
            try create($0) { $0.taskDefinition = "none" }
        },
        Case("bad revision", invalid, "Invalid revision number. Number: x") {
            try create($0) { $0.taskDefinition = "app:x" }
        },
        Case(
            "no network", invalid,
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        ) { try create($0) { $0.networkConfiguration = nil } },
        Case("no subnets", invalid, "subnets can not be empty.") {
            try create($0) {
                $0.networkConfiguration = .init(awsvpcConfiguration: .init(subnets: []))
            }
        },
        Case(
            "unknown subnet", invalid,
            "Error retrieving subnet information for [subnet-1]: The subnet ID 'subnet-1' does not "
                + "exist (ErrorCode: InvalidSubnetID.NotFound)"
        ) {
            try create($0) {
                $0.networkConfiguration = .init(awsvpcConfiguration: .init(subnets: ["subnet-1"]))
            }
        },
        Case(
            "unknown group", invalid,
            "Error retrieving security group information for [sg-1]: The security group 'sg-1' does "
                + "not exist (ErrorCode: InvalidGroup.NotFound)"
        ) { dock in
            try create(dock) {
                $0.networkConfiguration!.awsvpcConfiguration!.securityGroups = ["sg-1"]
            }
        },
        Case("17 subnets", invalid, nil) { dock in
            try create(dock) {
                let one = dock.site.name(of: dock.site.subnets[0])
                $0.networkConfiguration!.awsvpcConfiguration!.subnets = Array(
                    repeating: one, count: 17)
            }
        },
        Case("6 groups", invalid, nil) { dock in
            try create(dock) {
                $0.networkConfiguration!.awsvpcConfiguration!.securityGroups = Array(
                    repeating: dock.site.groupName, count: 6)
            }
        },
        Case(
            "both ways to launch", invalid,
            "Specifying both a launch type and capacity provider strategy is not supported. Remove "
                + "one and try again."
        ) {
            try create($0) { $0.capacityProviderStrategy = [.init(capacityProvider: "FARGATE")] }
        },
        Case("unknown launch type", invalid, "launch type should be one of [EC2,FARGATE,EXTERNAL]")
        { try create($0) { $0.launchType = .init(rawValue: "MOON") } },
        Case("no instances", invalid, "No Container Instances were found in your cluster.") {
            try create($0) { $0.launchType = .ec2 }
        },
        Case("not for Fargate", invalid, "Task definition does not support launch_type FARGATE.") {
            try create($0) { $0.taskDefinition = "bridge" }
        },
        Case("unknown platform", "PlatformUnknownException", nil) {
            try create($0) { $0.platformVersion = "9.9" }
        },
        Case("fewer than none", invalid, nil) { try create($0) { $0.desiredCount = -1 } },
        Case("less than all at most", invalid, nil) {
            try create($0) { $0.deploymentConfiguration = .init(maximumPercent: 50) }
        },
        Case("alarms", "UnsupportedFeatureException", nil) {
            try create($0) {
                $0.deploymentConfiguration = .init(
                    alarms: .init(alarmNames: ["a"], rollback: true, enable: true))
            }
        },
        Case("blue/green", "UnsupportedFeatureException", nil) {
            try create($0) { $0.deploymentConfiguration = .init(strategy: .blueGreen) }
        },
        Case("another controller", "UnsupportedFeatureException", nil) {
            try create($0) { $0.deploymentController = .init(type: .external) }
        },
        Case("a daemon", "UnsupportedFeatureException", nil) {
            try create($0) { $0.schedulingStrategy = .daemon }
        },
    ]

    private static let balancers: [Case] = [
        Case(
            "unknown container", invalid,
            "The container side does not exist in the task definition."
        ) { dock in
            try create(dock) {
                $0.loadBalancers = [
                    .init(
                        targetGroupArn: dock.targetGroup, containerName: "side", containerPort: 80)
                ]
            }
        },
        Case(
            "unknown port", invalid, "The container app did not have a container port 81 defined."
        ) { dock in
            try create(dock) {
                $0.loadBalancers = [
                    .init(targetGroupArn: dock.targetGroup, containerName: "app", containerPort: 81)
                ]
            }
        },
        Case("six target groups", invalid, nil) { dock in
            try create(dock) {
                $0.loadBalancers = Array(
                    repeating: .init(
                        targetGroupArn: dock.targetGroup, containerName: "app", containerPort: 80),
                    count: 6)
            }
        },
        Case(
            "unknown target group", invalid,
            "Unable to assume role and validate the specified targetGroupArn. Please verify that "
                + "the ECS service role being passed has the proper permissions."
        ) { dock in
            try create(dock) {
                $0.loadBalancers = [
                    .init(
                        targetGroupArn: dock.targetGroup! + "0", containerName: "app",
                        containerPort: 80)
                ]
            }
        },
    ]

    private static let updates: [Case] = [
        Case("unknown service", "ServiceNotFoundException", "Service not found.") {
            try $0.ecs.updateService(cluster: "c", service: "none")
        },
        Case("unknown cluster", "ClusterNotFoundException", "Cluster not found.") {
            try $0.ecs.updateService(cluster: "none", service: "web")
        },
        Case("unknown definition", "ClientException", "TaskDefinition not found.") {
            try $0.update(definition: "none")
        },
        Case("fewer than none", invalid, nil) { try $0.update(-1) },
        Case("unknown platform", "PlatformUnknownException", nil) {
            try $0.ecs.updateService(cluster: "c", service: "web", platformVersion: "0.1")
        },
        Case("no percentage", invalid, nil) {
            try $0.ecs.updateService(
                cluster: "c", service: "web",
                deploymentConfiguration: .init(minimumHealthyPercent: 101))
        },
        Case(
            "delete while scaled", invalid,
            "The service cannot be stopped while it is scaled above 0."
        ) { try $0.ecs.deleteService(cluster: "c", service: "web") },
        Case("delete an unknown one", "ServiceNotFoundException", "Service not found.") {
            try $0.ecs.deleteService(cluster: "c", service: "none")
        },
    ]

    private static let readings: [Case] = [
        Case("describe no service", invalid, nil) {
            try $0.ecs.describeServices(cluster: "c", services: [])
        },
        Case("describe eleven", invalid, nil) {
            try $0.ecs.describeServices(
                cluster: "c", services: Array(repeating: "web", count: 11))
        },
        Case("describe no task", invalid, "Tasks cannot be empty.") {
            try $0.ecs.describeTasks(cluster: "c", tasks: [])
        },
        Case("describe 101 tasks", invalid, nil) {
            try $0.ecs.describeTasks(cluster: "c", tasks: Array(repeating: "a", count: 101))
        },
        Case("tasks of no service", "ServiceNotFoundException", "Service not found.") {
            try $0.ecs.listTasks(cluster: "c", serviceName: "none")
        },
        Case("two filters", invalid, nil) {
            try $0.ecs.listTasks(cluster: "c", family: "app", startedBy: "me")
        },
        Case("a token of nobody", invalid, "Invalid token.") {
            try $0.ecs.listTasks(cluster: "c", nextToken: "x")
        },
        Case(
            "a cluster with services", "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active."
        ) { try $0.ecs.deleteCluster(cluster: "c") },
    ]

    @Test func refuses() throws {
        let dock = try dock()
        for group in [Self.creations, Self.balancers, Self.updates, Self.readings] {
            for example in group {
                let before = try saved(dock.live.cloud)
                do {
                    try example.call(dock)
                    Issue.record("\(example.name): the call was not refused")
                } catch let failure as APIFailure {
                    #expect(failure.code == example.code, "\(example.name)")
                    if let message = example.message {
                        #expect(failure.message == message, "\(example.name)")
                    }
                }
                #expect(try saved(dock.live.cloud) == before, "\(example.name) changed the cloud")
            }
        }
    }

    @Test func aServiceThatDrainsOrIsGoneIsNotActive() throws {
        let dock = try dock()
        try dock.ecs.deleteService(cluster: "c", service: "web", force: true)
        let notActive = "ServiceNotActiveException"
        try expectRefusal(notActive, "Service was not ACTIVE.", of: dock.live) {
            try dock.update(force: true)
        }
        try expectRefusal(notActive, "Service was not ACTIVE.", of: dock.live) {
            try dock.ecs.deleteService(cluster: "c", service: "web", force: true)
        }
        try expectRefusal(
            Self.invalid, "Unable to Start a service that is still Draining.", of: dock.live
        ) { try Self.create(dock) { $0.serviceName = "web" } }
        dock.live.run(for: .minutes(10))
        #expect(try dock.service().status == "INACTIVE")
        try expectRefusal(notActive, "Service was not ACTIVE.", of: dock.live) {
            try dock.update(force: true)
        }
        try Self.create(dock) { $0.serviceName = "web" }
    }

    @Test func anInactiveDefinitionIsNotRun() throws {
        let dock = try dock()
        try dock.define()
        try dock.ecs.deregisterTaskDefinition(taskDefinition: "app:2")
        try expectRefusal("ClientException", "TaskDefinition is inactive", of: dock.live) {
            try dock.update(definition: "app:2")
        }
        try expectRefusal("ClientException", "TaskDefinition is inactive", of: dock.live) {
            try Self.create(dock) { $0.taskDefinition = "app:2" }
        }
    }

    @Test func aTargetGroupNeedsALoadBalancerAndAddresses() throws {
        let dock = try dock()
        let alone = try dock.site.makeTargetGroup("alone")
        try expectRefusal(
            Self.invalid,
            "The target group with targetGroupArn \(alone) does not have an associated load "
                + "balancer.", of: dock.live
        ) {
            try Self.create(dock) {
                $0.loadBalancers = [
                    .init(targetGroupArn: alone, containerName: "app", containerPort: 80)
                ]
            }
        }
    }
}
