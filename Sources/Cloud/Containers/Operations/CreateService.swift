import CloudAPI
import Simulation

extension ECS.CreateService: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        let (settings, count) = try settings(in: cluster, of: cloud, for: caller)
        if let existing = cloud.containers.clusters[cluster].serviceIDs[serviceName] {
            switch cloud.containers.services[existing].status {
            case .draining: throw .serviceDraining
            case .active:
                let service = cloud.containers.services[existing]
                guard service.settings == settings, service.desiredCount == count else {
                    throw .serviceNotIdempotent
                }
                return Output(service: ECS.Service(existing, in: cloud))
            case .inactive: break
            }
        }

        var service = Containers.Service(
            cluster: cluster, name: serviceName, createdAt: cloud.now, createdBy: caller.arn,
            desiredCount: count, settings: settings)
        service.tags = (tags ?? []).map(ResourceTag.init)
        let id = cloud.containers.services.insert(service)
        cloud.containers.clusters[cluster].serviceIDs[serviceName] = id
        cloud.beginDeployment(of: id)

        return Output(service: ECS.Service(id, in: cloud, withTags: tags != nil))
    }

    /// Source of the defaults: ecs.md section 12.2.
    private func settings(
        in cluster: ClusterID, of cloud: Cloud, for caller: Caller
    ) throws(APIFailure) -> (Containers.Service.Settings, desiredCount: Int) {
        guard isContainersName(serviceName) else { throw .serviceNameInvalid }
        if let controller = deploymentController?.type, controller != .ecs {
            throw .notBuilt("the deployment controller \(controller.rawValue)")
        }
        if schedulingStrategy == .daemon { throw .notBuilt("the scheduling strategy DAEMON") }
        guard let taskDefinition else { throw .taskDefinitionNotFound }
        let definition = try cloud.runnableDefinition(taskDefinition, for: caller)
        // The same rule as RunTask's in other words; section 12.9.
        if launchType != nil, !(capacityProviderStrategy ?? []).isEmpty {
            throw .bothLaunchTypeAndStrategyOfService
        }
        let strategy = try cloud.checkLaunchType(
            launchType, strategy: capacityProviderStrategy, in: cluster, definition, caller)
        try cloud.checkPlatform(platformVersion)
        let count = desiredCount ?? 0
        guard count >= 0 else { throw .desiredCountInvalid }

        var settings = Containers.Service.Settings(
            definition: definition,
            network: try cloud.networkConfiguration(networkConfiguration, for: definition, caller),
            loadBalancers: try cloud.loadBalancers(loadBalancers ?? [], for: definition, caller),
            minimumHealthyPercent: 100, maximumPercent: 200,
            gracePeriod: healthCheckGracePeriodSeconds.map { .seconds($0) },
            platformVersion: platformVersion ?? "LATEST",
            circuitBreaker: Containers.Service.CircuitBreaker(),
            rebalancesZones: availabilityZoneRebalancing != .disabled,
            propagatesTags: propagateTags?.rawValue ?? "NONE",
            hasManagedTags: enableECSManagedTags ?? false,
            hasExecuteCommand: enableExecuteCommand ?? false,
            launchType: launchType?.rawValue, strategy: strategy)
        try settings.apply(deploymentConfiguration)
        return (settings, count)
    }
}
