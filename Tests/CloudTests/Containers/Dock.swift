import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// A cluster on a site, with a repository to which tests push what their tasks run.
final class Dock {
    let site: Site
    var live: LiveCloud { site.live }
    var ecs: ECSClient<LiveCloud> { site.live.ecs }
    private(set) var targetGroup: String?

    init(
        zones: Int = 2, seed: UInt64 = 1, timing: Timing = Timing(), blockPrefix: Int = 24
    ) throws {
        site = Site(zones: zones, seed: seed, timing: timing, blockPrefix: blockPrefix)
        try live.ecs.createCluster(clusterName: "c")
        try live.ecr.createRepository(repositoryName: "app")
        try push()
    }

    @discardableResult
    func push(
        _ tag: String = "latest", _ change: (inout AppProfile) -> Void = { _ in }
    ) throws -> String {
        var profile = AppProfile()
        profile.version = tag
        change(&profile)
        return try live.push(ImageBuild(profile, compressedMebibytes: 20), to: "app", tag: tag)
    }

    static func image(_ tag: String = "latest") -> String {
        "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:\(tag)"
    }

    /// A container that serves on port 80.
    static func container(
        _ name: String = "app", tag: String = "latest",
        _ change: (inout ECS.ContainerDefinition) -> Void = { _ in }
    ) -> ECS.ContainerDefinition {
        var container = ECS.ContainerDefinition(
            name: name, image: image(tag), portMappings: [.init(containerPort: 80)])
        change(&container)
        return container
    }

    /// - Returns: The ARN of the revision.
    @discardableResult
    func define(
        _ family: String = "app", _ containers: [ECS.ContainerDefinition] = [container()],
        cpu: String = "1024", memory: String = "2048"
    ) throws -> String {
        try ecs.registerTaskDefinition(
            family: family, executionRoleArn: "arn:aws:iam::000000000000:role/execution",
            networkMode: .awsvpc, containerDefinitions: containers,
            requiresCompatibilities: [.fargate], cpu: cpu, memory: memory
        ).taskDefinition!.taskDefinitionArn!
    }

    var network: ECS.NetworkConfiguration {
        ECS.NetworkConfiguration(
            awsvpcConfiguration: .init(
                subnets: site.subnets.map { site.name(of: $0) }, securityGroups: [site.groupName],
                assignPublicIp: .enabled))
    }

    /// Creates the service `web`.
    @discardableResult
    func serve(
        _ count: Int = 1, definition: String = "app", balanced: Bool = false,
        minimum: Int = 100, maximum: Int = 200, breaker: Bool = false, rollback: Bool = false,
        grace: Int? = nil
    ) throws -> ECS.Service {
        var balancers: [ECS.LoadBalancer] = []
        if balanced {
            let balancer = try site.makeLoadBalancer()
            let group = try site.makeTargetGroup(
                interval: 5, timeout: 2, healthy: 2, unhealthy: 2)
            try live.elbv2.modifyTargetGroupAttributes(
                targetGroupArn: group,
                attributes: [.init(key: "deregistration_delay.timeout_seconds", value: "10")])
            try site.makeListener(balancer, to: group)
            targetGroup = group
            balancers = [.init(targetGroupArn: group, containerName: "app", containerPort: 80)]
        }
        return try ecs.createService(
            cluster: "c", serviceName: "web", taskDefinition: definition,
            loadBalancers: balancers, desiredCount: count, launchType: .fargate,
            deploymentConfiguration: ECS.DeploymentConfiguration(
                deploymentCircuitBreaker: .init(enable: breaker, rollback: rollback),
                maximumPercent: maximum, minimumHealthyPercent: minimum),
            networkConfiguration: network, healthCheckGracePeriodSeconds: grace
        ).service!
    }

    func service() throws -> ECS.Service {
        try ecs.describeServices(cluster: "c", services: ["web"]).services![0]
    }

    func messages() throws -> [String] {
        try service().events!.reversed().map { $0.message! }
    }

    func tasks(_ wanted: ECS.DesiredStatus = .running) throws -> [ECS.Task] {
        let arns = try ecs.listTasks(cluster: "c", desiredStatus: wanted).taskArns!
        return arns.isEmpty ? [] : try ecs.describeTasks(cluster: "c", tasks: arns).tasks!
    }

    func update(_ count: Int? = nil, definition: String? = nil, force: Bool? = nil) throws {
        try ecs.updateService(
            cluster: "c", service: "web", desiredCount: count, taskDefinition: definition,
            forceNewDeployment: force)
    }

    /// Lets the clock run until the newest deployment has the state and the service rests.
    func settle(
        _ state: ECS.DeploymentRolloutState = .completed, within limit: Duration = .minutes(60),
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let end = live.cloud.now + limit
        while live.cloud.now < end {
            let service = try service()
            if service.deployments![0].rolloutState == state,
                state == .failed
                    || service.deployments!.count == 1
                        && service.runningCount == service.desiredCount
            {
                return
            }
            live.run(for: .seconds(1))
        }
        Issue.record("it did not become \(state.rawValue)", sourceLocation: sourceLocation)
    }
}
