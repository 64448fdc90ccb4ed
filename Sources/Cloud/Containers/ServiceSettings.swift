import CloudAPI
import Simulation

/// Reading and checking what CreateService and UpdateService share.
/// Source of the rules and texts: ecs.md section 12.9.
extension Cloud {
    /// Finds and checks the subnets and groups that a service or a task names.
    func networkConfiguration(
        _ given: ECS.NetworkConfiguration?, for definition: TaskDefinitionID, _ caller: Caller
    ) throws(APIFailure) -> Containers.Service.NetworkConfiguration? {
        let isVpc = containers.taskDefinitions[definition].networkMode == "awsvpc"
        guard let vpc = given?.awsvpcConfiguration else {
            if isVpc { throw .networkConfigurationMissing }
            return nil
        }
        guard isVpc else { throw .networkConfigurationNotAllowed }
        guard let names = vpc.subnets, !names.isEmpty else { throw .subnetsEmpty }
        guard names.count <= 16 else { throw .tooManySubnets }
        var subnets: [SubnetID] = []
        for name in names {
            guard let id: SubnetID = naming.ec2ID(name, "subnet", .subnet),
                network.subnets.find(id)?.place == caller.place
            else { throw .subnetMissing(name) }
            subnets.append(id)
        }
        var groups: [SecurityGroupID] = []
        for name in vpc.securityGroups ?? [] {
            guard let id: SecurityGroupID = naming.ec2ID(name, "sg", .securityGroup),
                network.securityGroups.find(id)?.place == caller.place
            else { throw .securityGroupMissing(name) }
            groups.append(id)
        }
        guard groups.count <= 5 else { throw .tooManySecurityGroups }
        // Without a group the VPC's default one: vpc.md section 7.
        if groups.isEmpty {
            groups = [network.vpcs[network.subnets[subnets[0]].vpc].defaultSecurityGroup]
        }
        return Containers.Service.NetworkConfiguration(
            subnets: subnets, securityGroups: groups,
            assignsPublicAddress: vpc.assignPublicIp == .enabled)
    }

    /// Finds and checks the target groups of a service.
    func loadBalancers(
        _ given: [ECS.LoadBalancer], for definition: TaskDefinitionID, _ caller: Caller
    ) throws(APIFailure) -> [Containers.Service.LoadBalancer] {
        guard given.count <= 5 else { throw .tooManyTargetGroupsOfService }
        let definition = containers.taskDefinitions[definition]
        var result: [Containers.Service.LoadBalancer] = []
        for balancer in given {
            guard let arn = balancer.targetGroupArn else {
                throw .notBuilt("classic load balancers")
            }
            let name = balancer.containerName ?? ""
            guard let container = definition.containers.first(where: { $0.name == name }) else {
                throw .containerMissing(name)
            }
            let port = balancer.containerPort ?? 0
            guard container.ports.contains(port) else { throw .containerPortMissing(name, port) }
            guard let group = targetGroup(arn: arn, in: caller.place) else {
                throw .targetGroupNotUsable
            }
            guard balancing.targetGroups[group].loadBalancer != nil else {
                throw .targetGroupWithoutBalancer(arn)
            }
            let type = balancing.targetGroups[group].targetType
            if definition.networkMode == "awsvpc", type != .ip {
                throw .targetTypeIncompatible(arn, type.rawValue)
            }
            result.append(.init(group: group, container: name, port: port))
        }
        return result
    }

    /// The definition that a service or task is to run.
    ///
    /// - Parameter inactive: What to say of one that is INACTIVE; 5.5 has two answers.
    func runnableDefinition(
        _ reference: String, for caller: Caller, inactive: APIFailure = .taskDefinitionInactive
    ) throws(APIFailure) -> TaskDefinitionID {
        guard let id = try findTaskDefinition(reference, for: caller) else {
            throw .taskDefinitionNotFound
        }
        guard containers.taskDefinitions[id].isActive else { throw inactive }
        return id
    }

    /// The versions of Fargate's platform for Linux that there are today.
    func checkPlatform(_ version: String?) throws(APIFailure) {
        guard let version, !["LATEST", "1.4.0", "1.3.0"].contains(version) else { return }
        throw .platformUnknown
    }

    /// Only Fargate runs anything here; EC2 has no instances in Drydock.
    ///
    /// - Returns: The strategy that decides where tasks run: the one given, or the cluster's if
    ///   nothing is said. Empty if the launch type decides. Source: ecs.md section 25.4.
    func checkLaunchType(
        _ type: ECS.LaunchType?, strategy given: [ECS.CapacityProviderStrategyItem]?,
        in cluster: ClusterID, _ definition: TaskDefinitionID, _ caller: Caller
    ) throws(APIFailure) -> [Containers.StrategyItem] {
        if type != nil, !(given ?? []).isEmpty { throw .bothLaunchTypeAndStrategy }
        if let type, ![.ec2, .fargate, .external, .managedInstances].contains(type) {
            throw .launchTypeUnknown
        }
        var items = try strategy(
            given ?? [], among: containers.clusters[cluster].capacityProviders, for: caller)
        if type == nil, items.isEmpty { items = containers.clusters[cluster].defaultStrategy }
        guard type == .fargate || !items.isEmpty else { throw .noContainerInstances }
        guard items.allSatisfy({ Containers.fargateProviders.contains($0.provider) }) else {
            throw .notBuilt("tasks on the capacity provider of an Auto Scaling group")
        }
        let shape = containers.taskDefinitions[definition].registered.shape
        guard shape.compatibilities?.contains(.fargate) == true else {
            throw .launchTypeUnsupported
        }
        return items
    }
}

extension Containers.Service.Settings {
    /// Takes over what a deployment configuration says, and leaves the rest as it is.
    mutating func apply(_ given: ECS.DeploymentConfiguration?) throws(APIFailure) {
        if let strategy = given?.strategy, strategy != .rolling {
            throw .notBuilt("the deployment strategy \(strategy.rawValue)")
        }
        if given?.alarms?.enable == true { throw .notBuilt("deployment alarms") }
        if let hooks = given?.lifecycleHooks, !hooks.isEmpty {
            throw .notBuilt("lifecycle hooks of deployments")
        }
        minimumHealthyPercent = given?.minimumHealthyPercent ?? minimumHealthyPercent
        maximumPercent = given?.maximumPercent ?? maximumPercent
        if let breaker = given?.deploymentCircuitBreaker {
            circuitBreaker.isEnabled = breaker.enable ?? false
            circuitBreaker.rollsBack = breaker.rollback ?? false
        }
        guard (0...100).contains(minimumHealthyPercent), (100...10_000).contains(maximumPercent)
        else { throw .percentInvalid }
    }
}
