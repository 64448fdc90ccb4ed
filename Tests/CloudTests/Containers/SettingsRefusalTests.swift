import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What the settings of services, tasks and clusters must not be: ecs.md sections 12, 21, 25 and 31.
@Suite struct SettingsRefusalTests {
    private typealias Case = ContainersRefusal

    @Test(arguments: services + networks + balancers + others)
    func refusal(_ c: ContainersRefusal) throws { try c.check() }

    private static let invalid = "InvalidParameterException"

    private static func create(
        _ world: ContainersWorld, _ configuration: ECS.DeploymentConfiguration? = nil,
        platform: String? = nil, strategy: ECS.SchedulingStrategy? = nil
    ) throws {
        try world.ecs.createService(
            cluster: "c", serviceName: "new", taskDefinition: "app", desiredCount: 1,
            launchType: .fargate, platformVersion: platform,
            deploymentConfiguration: configuration, networkConfiguration: world.dock.network,
            schedulingStrategy: strategy)
    }

    static let services: [ContainersRefusal] = [
        Case(
            "a name with a dot", invalid,
            "Service name should match the pattern [a-zA-Z0-9\\-_]{1,255}."
        ) { try $0.create("a.b") },
        Case("fewer tasks than none", invalid, "desiredCount cannot be negative.") {
            try $0.create(count: -1)
        },
        Case(
            "a minimum above 100", invalid,
            "minimumHealthyPercent must be between 0 and 100, and maximumPercent at least 100."
        ) { try create($0, .init(maximumPercent: 200, minimumHealthyPercent: 101)) },
        Case(
            "a maximum below 100", invalid,
            "minimumHealthyPercent must be between 0 and 100, and maximumPercent at least 100."
        ) { try create($0, .init(maximumPercent: 99, minimumHealthyPercent: 50)) },
        Case("a platform that is not there", "PlatformUnknownException") {
            try create($0, platform: "9.9.9")
        },
        Case(
            "a platform that is not there, by an update", "PlatformUnknownException",
            "Platform version not found."
        ) {
            try $0.ecs.updateService(cluster: "c", service: "web", platformVersion: "9.9.9")
        },
        Case("a task on each instance", "UnsupportedFeatureException") {
            try create($0, strategy: .daemon)
        },
        Case("blue and green", "UnsupportedFeatureException") {
            try create($0, .init(strategy: .blueGreen))
        },
        Case("alarms", "UnsupportedFeatureException") {
            try create($0, .init(alarms: .init(alarmNames: ["a"], rollback: true, enable: true)))
        },
        Case("hooks", "UnsupportedFeatureException") {
            try create($0, .init(lifecycleHooks: [.init()]))
        },
        Case(
            "a definition that is not for Fargate", invalid,
            "Task definition does not support launch_type FARGATE."
        ) {
            try $0.create(definition: "instances")
        },
    ]

    static let networks: [ContainersRefusal] = [
        Case(
            "a network for a task without one", invalid,
            "Network Configuration is not valid for the given networkMode of this task definition."
        ) {
            try $0.ecs.updateService(
                cluster: "c", service: "web", taskDefinition: "bridged",
                networkConfiguration: $0.dock.network)
        },
        Case("17 subnets", invalid, "subnets can have at most 16 items.") {
            let subnet = $0.dock.network.awsvpcConfiguration!.subnets![0]
            try $0.create(
                network: $0.network(subnets: Array(repeating: subnet, count: 17)))
        },
        Case("six groups", invalid, "securityGroups can have at most 5 items.") {
            let subnets = $0.dock.network.awsvpcConfiguration!.subnets!
            try $0.create(
                network: $0.network(
                    subnets: subnets,
                    groups: Array(repeating: $0.dock.site.groupName, count: 6)))
        },
    ]

    private static func balancer(_ arn: String?) -> ECS.LoadBalancer {
        .init(targetGroupArn: arn, containerName: "app", containerPort: 80)
    }

    static let balancers: [ContainersRefusal] = [
        Case("six target groups", invalid, "loadBalancers can have at most 5 items.") {
            try $0.create(balancers: Array(repeating: balancer("arn:a"), count: 6))
        },
        Case("a classic load balancer", "UnsupportedFeatureException") {
            try $0.create(balancers: [balancer(nil)])
        },
        Case(
            "a target group of nobody", invalid,
            "Unable to assume role and validate the specified targetGroupArn. Please verify that "
                + "the ECS service role being passed has the proper permissions."
        ) { try $0.create(balancers: [balancer("arn:a")]) },
    ]

    /// A world in which only what is needed has been added.
    @Test func aTargetGroupOfInstancesDoesNotFitATaskWithItsOwnAddress() throws {
        let world = try ContainersWorld()
        let site = world.dock.site
        let group = try site.live.elbv2.createTargetGroup(
            name: "instances", protocol: .http, port: 80, vpcId: site.vpcName
        ).targetGroups![0].targetGroupArn!
        try site.makeListener(try site.makeLoadBalancer(), to: group)
        try expectRefusal(
            Self.invalid,
            "The provided target group \(group) has target type instance, which is incompatible "
                + "with the awsvpc network mode specified in the task definition.",
            of: world.live
        ) { try world.create(balancers: [Self.balancer(group)]) }
    }

    static let others: [ContainersRefusal] = [
        Case("an end by another way", invalid, "stopType should be one of [ABORT,ROLLBACK]") {
            let deployment = try $0.ecs.listServiceDeployments(service: "web", cluster: "c")
                .serviceDeployments![0].serviceDeploymentArn!
            try $0.ecs.stopServiceDeployment(
                serviceDeploymentArn: deployment, stopType: .init(rawValue: "PAUSE"))
        },
        Case(
            "a time for no protection", invalid,
            "expiresInMinutes can only be given with protectionEnabled."
        ) {
            try $0.ecs.updateTaskProtection(
                cluster: "c", tasks: [$0.task], protectionEnabled: false, expiresInMinutes: 5)
        },
        Case(
            "two filters where one must stand alone", invalid,
            "startedBy must be the only filter, but other filters were given."
        ) { try $0.ecs.listTasks(cluster: "c", family: "app", startedBy: "me") },
        Case(
            "21 capacity providers", invalid,
            "A cluster can have at most 20 capacity providers."
        ) {
            try $0.ecs.createCluster(
                clusterName: "many", capacityProviders: Array(repeating: "FARGATE", count: 21))
        },
    ]

    @Test func aCapacityProviderThatRunsSomethingStaysWithItsCluster() throws {
        let world = try ContainersWorld()
        try world.ecs.createCluster(
            clusterName: "spot", capacityProviders: ["FARGATE", "FARGATE_SPOT"])
        let spot = [ECS.CapacityProviderStrategyItem(capacityProvider: "FARGATE_SPOT", weight: 1)]
        try world.create(launchType: nil, strategy: spot, cluster: "spot")
        try expectRefusal(
            "ResourceInUseException",
            "The specified capacity provider is in use and cannot be removed.", of: world.live
        ) {
            try world.ecs.putClusterCapacityProviders(
                cluster: "spot", capacityProviders: ["FARGATE"],
                defaultCapacityProviderStrategy: [])
        }
        try world.ecs.putClusterCapacityProviders(
            cluster: "spot", capacityProviders: ["FARGATE_SPOT"],
            defaultCapacityProviderStrategy: [])
        try world.ecs.deleteService(cluster: "spot", service: "new", force: true)
        world.live.run(for: .minutes(10))
        try world.ecs.putClusterCapacityProviders(
            cluster: "spot", capacityProviders: [], defaultCapacityProviderStrategy: [])
    }

    @Test(arguments: [
        (11, "A task definition can have at most 10 containers."),
        (
            1,
            "Invalid setting for container 'c0'. Memory must be at least 6 MiB."
        ),
    ]) func refusalOfContainers(count: Int, message: String) throws {
        let world = try ContainersWorld()
        try expectRefusal("ClientException", message, of: world.live) {
            try world.define(
                "new",
                (0..<count).map { number in
                    Dock.container("c\(number)") { if count == 1 { $0.memory = 5 } }
                })
        }
    }

    @Test func refusalOfReservedMemoryAndLogsWithoutAPrefix() throws {
        let world = try ContainersWorld()
        try expectRefusal(
            "ClientException",
            "Invalid setting for container 'app'. 'memory' must be greater than "
                + "'memoryReservation'.", of: world.live
        ) {
            try world.define {
                $0.memory = 100
                $0.memoryReservation = 100
            }
        }
        try expectRefusal(
            "ClientException", "Log driver awslogs requires options: awslogs-stream-prefix",
            of: world.live
        ) {
            try world.define {
                $0.logConfiguration = .init(
                    logDriver: .awslogs,
                    options: ["awslogs-group": "g", "awslogs-region": "us-east-1"])
            }
        }
    }
}
