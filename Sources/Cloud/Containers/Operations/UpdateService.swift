import CloudAPI
import Simulation

extension ECS.UpdateService: Handled {
    /// What is left out stays as it was. Source: ecs.md sections 12.10 to 12.13.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        let id = try cloud.service(service, in: cluster, for: caller)
        guard cloud.containers.services[id].status == .active else { throw .serviceNotActive }
        let before = cloud.containers.services[id].settings
        let settings = try settings(
            from: before, in: cluster, of: cloud, for: caller)
        if let desiredCount, desiredCount < 0 { throw .desiredCountInvalid }

        cloud.containers.services[id].settings = settings
        let countBefore = cloud.containers.services[id].desiredCount
        let countChanges =
            desiredCount.map {
                $0 != cloud.containers.services[id].desiredCount
            } ?? false
        if let desiredCount { cloud.containers.services[id].desiredCount = desiredCount }
        if forceNewDeployment == true || needsDeployment(before, settings) {
            cloud.beginDeployment(of: id)
            cloud.containers.services[id].countOfLastCompleted = countBefore
        } else if countChanges || settings != before {
            cloud.containers.services[id].isSteady = false
            cloud.containers.services[id].saidItCannotMove = false
            cloud.containers.services[id].saidItIsHeldUp = false
            cloud.containers.services[id].isRebalancing = false
            // A change of the count in mid-deployment is one for both versions.
            cloud.containers.services[id].countOfLastCompleted =
                cloud.containers.services[id].desiredCount
            cloud.askScheduler(of: id)
        }

        return Output(service: ECS.Service(id, in: cloud))
    }

    private func settings(
        from before: Containers.Service.Settings, in cluster: ClusterID, of cloud: Cloud,
        for caller: Caller
    ) throws(APIFailure) -> Containers.Service.Settings {
        if let controller = deploymentController?.type, controller != .ecs {
            throw .notBuilt("the deployment controller \(controller.rawValue)")
        }
        var settings = before
        if let taskDefinition {
            settings.definition = try cloud.runnableDefinition(taskDefinition, for: caller)
        }
        if networkConfiguration != nil {
            settings.network = try cloud.networkConfiguration(
                networkConfiguration, for: settings.definition, caller)
        }
        if let loadBalancers {
            settings.loadBalancers = try cloud.loadBalancers(
                loadBalancers, for: settings.definition, caller)
        } else if taskDefinition != nil {
            try check(before.loadBalancers, fit: settings.definition, in: cloud)
        }
        if let healthCheckGracePeriodSeconds {
            settings.gracePeriod = .seconds(healthCheckGracePeriodSeconds)
        }
        // Tasks that run stay where they are: section 12.10.
        if let capacityProviderStrategy {
            settings.strategy = try cloud.checkLaunchType(
                nil, strategy: capacityProviderStrategy, in: cluster, settings.definition, caller)
            settings.launchType = nil
        }
        try cloud.checkPlatform(platformVersion)
        settings.platformVersion = platformVersion ?? settings.platformVersion
        if let availabilityZoneRebalancing {
            settings.rebalancesZones = availabilityZoneRebalancing == .enabled
        }
        settings.propagatesTags = propagateTags?.rawValue ?? settings.propagatesTags
        settings.hasManagedTags = enableECSManagedTags ?? settings.hasManagedTags
        settings.hasExecuteCommand = enableExecuteCommand ?? settings.hasExecuteCommand
        try settings.apply(deploymentConfiguration)
        return settings
    }

    /// The service's load balancers must find their container in the new definition too.
    private func check(
        _ balancers: [Containers.Service.LoadBalancer], fit definition: TaskDefinitionID,
        in cloud: Cloud
    ) throws(APIFailure) {
        let containers = cloud.containers.taskDefinitions[definition].containers
        for balancer in balancers {
            guard let found = containers.first(where: { $0.name == balancer.container }) else {
                throw .containerMissing(balancer.container)
            }
            guard found.ports.contains(balancer.port) else {
                throw .containerPortMissing(balancer.container, balancer.port)
            }
        }
    }

    private func needsDeployment(
        _ before: Containers.Service.Settings, _ after: Containers.Service.Settings
    ) -> Bool {
        before.definition != after.definition || before.network != after.network
            || before.platformVersion != after.platformVersion
            || before.loadBalancers != after.loadBalancers
    }
}
