import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// A cluster with a service, a task and a capacity provider, and one that was deleted.
struct ContainersWorld {
    let dock: Dock
    let task: String
    var live: LiveCloud { dock.live }
    var ecs: ECSClient<LiveCloud> { dock.ecs }

    init() throws {
        dock = try Dock()
        try dock.define()
        try dock.define()
        try dock.ecs.deregisterTaskDefinition(taskDefinition: "app:1")
        try dock.serve()
        try dock.ecs.registerTaskDefinition(
            family: "bridged", networkMode: .bridge,
            containerDefinitions: [Dock.container { $0.memory = 100 }],
            requiresCompatibilities: [.ec2])
        try dock.ecs.registerTaskDefinition(
            family: "instances", networkMode: .awsvpc,
            containerDefinitions: [Dock.container { $0.memory = 100 }],
            requiresCompatibilities: [.ec2])
        task = try dock.ecs.runTask(
            cluster: "c", launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app"
        ).tasks![0].taskArn!
        try dock.ecs.createCapacityProvider(name: "own", autoScalingGroupProvider: Self.group)
        try dock.ecs.createCluster(clusterName: "with-own", capacityProviders: ["own"])
        try dock.ecs.createCluster(clusterName: "tasks")
        try dock.ecs.runTask(
            cluster: "tasks", launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app")
        try dock.ecs.createCluster(clusterName: "gone")
        try dock.ecs.deleteCluster(cluster: "gone")
        try dock.ecs.createService(
            cluster: "c", serviceName: "leaving", taskDefinition: "app", desiredCount: 1,
            launchType: .fargate, networkConfiguration: dock.network)
        dock.live.run(for: .seconds(30))
        try dock.ecs.deleteService(cluster: "c", service: "leaving", force: true)
    }

    static let group = ECS.AutoScalingGroupProvider(
        autoScalingGroupArn: "arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:a")

    /// Registers a definition for Fargate with one container.
    func define(
        _ family: String = "new", _ containers: [ECS.ContainerDefinition] = [Dock.container()],
        mode: ECS.NetworkMode = .awsvpc, cpu: String? = "256", memory: String? = "512",
        role: String? = "arn:aws:iam::000000000000:role/execution",
        compatible: [ECS.Compatibility] = [.fargate], pid: ECS.PidMode? = nil,
        storage: Int? = nil
    ) throws {
        try ecs.registerTaskDefinition(
            family: family, executionRoleArn: role, networkMode: mode,
            containerDefinitions: containers, requiresCompatibilities: compatible, cpu: cpu,
            memory: memory, pidMode: pid,
            ephemeralStorage: storage.map { .init(sizeInGiB: $0) })
    }

    func define(_ change: (inout ECS.ContainerDefinition) -> Void) throws {
        try define("new", [Dock.container("app", change)])
    }

    func create(
        _ name: String = "new", definition: String? = "app", count: Int? = 1,
        balancers: [ECS.LoadBalancer] = [], launchType: ECS.LaunchType? = .fargate,
        strategy: [ECS.CapacityProviderStrategyItem]? = nil,
        controller: ECS.DeploymentController? = nil,
        network: ECS.NetworkConfiguration?? = nil, cluster: String = "c"
    ) throws {
        try ecs.createService(
            cluster: cluster, serviceName: name, taskDefinition: definition,
            loadBalancers: balancers, desiredCount: count, launchType: launchType,
            capacityProviderStrategy: strategy,
            networkConfiguration: network ?? dock.network, deploymentController: controller)
    }

    func network(subnets: [String], groups: [String] = []) -> ECS.NetworkConfiguration {
        .init(awsvpcConfiguration: .init(subnets: subnets, securityGroups: groups))
    }
}

struct ContainersRefusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: String
    let message: String?
    let call: @Sendable (ContainersWorld) throws -> Void

    init(
        _ name: String, _ code: String, _ message: String? = nil,
        _ call: @escaping @Sendable (ContainersWorld) throws -> Void
    ) {
        (testDescription, self.code, self.message, self.call) = (name, code, message, call)
    }

    func check() throws {
        let world = try ContainersWorld()
        try expectRefusal(code, message, of: world.live) { try call(world) }
    }
}
