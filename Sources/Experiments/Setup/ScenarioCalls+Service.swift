import Cloud
import CloudAPI
import Simulation

/// The ARNs of a load balancer that was set up.
struct ScenarioBalancer {
    var loadBalancer: String
    var dnsName: String
    var targetGroup: String
    var listener: String
}

extension ScenarioCalls {
    /// - Returns: ARNs, by the names that the roles have in the scenario.
    func createRoles() throws(ScenarioProblem) -> [String: String] {
        let trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}
            """
        var roles: [String: String] = [:]
        for role in scenario.roles {
            let path = "roles.\(role.name)"
            roles[role.name] = try call(path, "CreateRole") {
                try live.iam.createRole(roleName: role.name, assumeRolePolicyDocument: trust)
                    .role!.arn!
            }
            for (number, policy) in role.policies.enumerated() {
                try call("\(path).\(number + 1)", "AttachRolePolicy") {
                    try live.iam.attachRolePolicy(
                        roleName: role.name, policyArn: Self.policyARN(policy))
                }
            }
        }
        return roles
    }

    /// AWS keeps the policies that are meant for roles of services in a folder of their own.
    /// Source: surroundings.md section 3.1.
    private static func policyARN(_ name: String) -> String {
        if name.hasPrefix("arn:") { return name }
        let isForServices =
            name == "AmazonECSTaskExecutionRolePolicy"
            || name == "AmazonEC2ContainerServiceforEC2Role"
        return "arn:aws:iam::aws:policy/\(isForServices ? "service-role/" : "")\(name)"
    }

    /// - Returns: Its URI, without a tag.
    func createRepository() throws(ScenarioProblem) -> String {
        try call("repository", "CreateRepository") {
            try live.ecr.createRepository(repositoryName: scenario.repository)
                .repository!.repositoryUri!
        }
    }

    /// - Returns: The digest of the image.
    func push(
        _ image: Scenario.Image, tag: String, because path: String
    ) throws(ScenarioProblem) -> String {
        try call(path, "PutImage") {
            try live.push(
                ImageBuild(
                    image.profile, compressedMebibytes: image.sizeMebibytes,
                    architecture: image.architecture == .arm ? "arm64" : "amd64"),
                to: scenario.repository, tag: tag)
        }
    }

    func createLoadBalancer(
        _ balancer: Scenario.LoadBalancer, in network: ScenarioNetwork
    ) throws(ScenarioProblem) -> ScenarioBalancer {
        let isPrivate = balancer.isInternal && !network.privateSubnets.isEmpty
        let subnets = isPrivate ? network.privateSubnets : network.publicSubnets
        let made = try call("loadBalancer", "CreateLoadBalancer") {
            try live.elbv2.createLoadBalancer(
                name: balancer.name, subnets: Array(subnets.prefix(scenario.network.zones)),
                securityGroups: network.securityGroups(balancer.securityGroups),
                scheme: balancer.isInternal ? .internal : .internetFacing,
                type: balancer.kind == .network ? .network : .application
            ).loadBalancers![0]
        }
        let group = try createTargetGroup(of: balancer, in: network.vpc)
        let listener = try call("loadBalancer.port", "CreateListener") {
            try live.elbv2.createListener(
                loadBalancerArn: made.loadBalancerArn!,
                protocol: balancer.kind == .network ? .tcp : .http, port: balancer.port,
                defaultActions: [ELBv2.Action(type: .forward, targetGroupArn: group)]
            ).listeners![0].listenerArn!
        }
        return ScenarioBalancer(
            loadBalancer: made.loadBalancerArn!, dnsName: made.dnsName!, targetGroup: group,
            listener: listener)
    }

    private func createTargetGroup(
        of balancer: Scenario.LoadBalancer, in vpc: String
    ) throws(ScenarioProblem) -> String {
        let check = balancer.healthCheck
        let group = try call("loadBalancer.healthCheck", "CreateTargetGroup") {
            try live.elbv2.createTargetGroup(
                name: balancer.name, protocol: balancer.kind == .network ? .tcp : .http,
                port: scenario.task.containerPort, vpcId: vpc,
                healthCheckProtocol: check.path == nil ? .tcp : .http, healthCheckPath: check.path,
                healthCheckIntervalSeconds: check.interval.wholeSeconds,
                healthCheckTimeoutSeconds: check.timeout.wholeSeconds,
                healthyThresholdCount: check.healthyThreshold,
                unhealthyThresholdCount: check.unhealthyThreshold,
                matcher: check.path == nil ? nil : ELBv2.Matcher(httpCode: check.matcher),
                targetType: .ip
            ).targetGroups![0].targetGroupArn!
        }
        let attributes = Self.attributes(of: balancer).map {
            ELBv2.TargetGroupAttribute(key: $0.key, value: $0.value)
        }
        try call("loadBalancer.deregistrationDelay", "ModifyTargetGroupAttributes") {
            try live.elbv2.modifyTargetGroupAttributes(
                targetGroupArn: group, attributes: attributes)
        }
        return group
    }

    /// Those of the target group that are set.
    private static func attributes(
        of balancer: Scenario.LoadBalancer
    ) -> [(key: String, value: String)] {
        let delay = balancer.deregistrationDelay.wholeSeconds
        var attributes = [(key: "deregistration_delay.timeout_seconds", value: String(delay))]
        if balancer.slowStart > .zero {
            attributes.append(
                ("slow_start.duration_seconds", String(balancer.slowStart.wholeSeconds)))
        }
        if balancer.isSticky { attributes.append(("stickiness.enabled", "true")) }
        if let crosses = balancer.crossesZones {
            attributes.append(("load_balancing.cross_zone.enabled", "\(crosses)"))
        }
        if let keeps = balancer.keepsClientAddress {
            attributes.append(("preserve_client_ip.enabled", "\(keeps)"))
        }
        return attributes
    }

    /// - Parameters:
    ///   - roles: ARNs, by the names that the roles have in the scenario.
    ///   - repository: Its URI.
    func registerTaskDefinition(
        _ task: Scenario.Task, roles: [String: String], repository: String, because path: String
    ) throws(ScenarioProblem) {
        var container = ECS.ContainerDefinition(
            name: task.container, image: "\(repository):\(task.tag)",
            portMappings: [ECS.PortMapping(containerPort: task.containerPort)], essential: true,
            stopTimeout: task.stopTimeout?.wholeSeconds)
        container.healthCheck = task.healthCheck.map { check in
            ECS.HealthCheck(
                command: [
                    "CMD-SHELL", "curl -f http://localhost:\(task.containerPort)/ || exit 1",
                ],
                interval: check.interval.wholeSeconds, timeout: check.timeout.wholeSeconds,
                retries: check.retries, startPeriod: check.startPeriod.wholeSeconds)
        }
        if let group = task.logGroup {
            container.logConfiguration = ECS.LogConfiguration(
                logDriver: .awslogs,
                options: [
                    "awslogs-group": group, "awslogs-region": scenario.place.region,
                    "awslogs-stream-prefix": "ecs",
                ])
        }
        try call(path, "RegisterTaskDefinition") {
            try live.ecs.registerTaskDefinition(
                family: task.family, taskRoleArn: task.taskRole.flatMap { roles[$0] },
                executionRoleArn: task.executionRole.flatMap { roles[$0] }, networkMode: .awsvpc,
                containerDefinitions: [container], requiresCompatibilities: [.fargate],
                cpu: String(task.cpuUnits), memory: String(task.memoryMebibytes),
                runtimePlatform: ECS.RuntimePlatform(
                    cpuArchitecture: task.architecture == .arm ? .arm64 : .x86_64,
                    operatingSystemFamily: .linux))
        }
    }

    func createService(
        in network: ScenarioNetwork, behind balancer: ScenarioBalancer?
    ) throws(ScenarioProblem) {
        let service = scenario.service
        try call("service.cluster", "CreateCluster") {
            try live.ecs.createCluster(clusterName: service.cluster)
        }
        let targets = balancer.map {
            ECS.LoadBalancer(
                targetGroupArn: $0.targetGroup, containerName: scenario.task.container,
                containerPort: scenario.task.containerPort)
        }
        try call("service", "CreateService") {
            try live.ecs.createService(
                cluster: service.cluster, serviceName: service.name,
                taskDefinition: scenario.task.family, loadBalancers: targets.map { [$0] },
                desiredCount: service.settings.desiredCount, launchType: .fargate,
                deploymentConfiguration: service.settings.deploymentConfiguration,
                networkConfiguration: ECS.NetworkConfiguration(
                    awsvpcConfiguration: ECS.AwsVpcConfiguration(
                        subnets: service.subnets == .private
                            ? network.privateSubnets : network.publicSubnets,
                        securityGroups: network.securityGroups(service.securityGroups),
                        assignPublicIp: service.assignsPublicAddress ? .enabled : .disabled)),
                // AWS takes a grace period only where there is something to be gracious about.
                healthCheckGracePeriodSeconds: balancer == nil
                    ? nil : service.settings.healthCheckGracePeriod.wholeSeconds)
        }
    }
}

extension Scenario.Service.Settings {
    var deploymentConfiguration: ECS.DeploymentConfiguration {
        ECS.DeploymentConfiguration(
            deploymentCircuitBreaker: ECS.DeploymentCircuitBreaker(
                enable: circuitBreaker.isEnabled, rollback: circuitBreaker.rollsBack),
            maximumPercent: maximumPercent, minimumHealthyPercent: minimumHealthyPercent)
    }
}

extension Duration {
    /// Decoding has seen to it that nothing is left over.
    var wholeSeconds: Int { Int(nanoseconds / 1_000_000_000) }
}
