import CloudAPI
import Simulation

extension ECS.Service {
    /// Source of the members that are always there: ecs.md sections 12.3, 12.4 and 36.1.
    init(_ id: ServiceID, in cloud: borrowing Cloud, withTags: Bool = false) {
        self.init(id, cloud.containers.services[id], in: cloud, withTags: withTags)
    }

    private init(
        _ id: ServiceID, _ service: borrowing Containers.Service, in cloud: borrowing Cloud,
        withTags: Bool
    ) {
        let settings = service.settings
        let counts = cloud.containers.counts(of: service.tasks)
        self.init()
        serviceArn = cloud.arn(id)
        serviceName = service.name
        clusterArn = cloud.arn(service.cluster)
        loadBalancers = settings.loadBalancers.map { ECS.LoadBalancer($0, in: cloud) }
        serviceRegistries = []
        status = service.status.rawValue
        desiredCount = service.desiredCount
        runningCount = counts.running
        pendingCount = counts.pending
        launchType = settings.launchType.map { ECS.LaunchType(rawValue: $0) }
        capacityProviderStrategy = .init(settings.strategy)
        platformVersion = settings.platformVersion
        platformFamily = "Linux"
        taskDefinition = cloud.arn(settings.definition)
        deploymentConfiguration = ECS.DeploymentConfiguration(settings)
        networkConfiguration = settings.network.map { ECS.NetworkConfiguration($0, in: cloud) }
        deployments = service.deployments.map { id in
            // Mostly that of the service.
            let isOwn = cloud.containers.deployments[id].settings.network == settings.network
            return ECS.Deployment(id, in: cloud, network: isOwn ? networkConfiguration : nil)
        }
        roleArn =
            "arn:aws:iam::\(cloud.containers.clusters[service.cluster].place.account):role/"
            + "aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
        events = service.events.reversed().map { ECS.ServiceEvent($0, of: id, in: cloud) }
        createdAt = cloud.calendar(service.createdAt)
        currentServiceDeployment = service.deployments.first.map {
            cloud.serviceDeploymentARN(cloud.containers.deployments[$0].undoes ?? $0)
        }
        currentServiceRevisions = service.deployments.map {
            ECS.ServiceCurrentRevisionSummary($0, in: cloud)
        }
        placementConstraints = []
        placementStrategy = []
        healthCheckGracePeriodSeconds =
            settings.loadBalancers.isEmpty
            ? nil
            : Int((settings.gracePeriod ?? .zero).inSeconds)
        schedulingStrategy = .replica
        deploymentController = ECS.DeploymentController(type: .ecs)
        tags = withTags ? service.tags.map(ECS.Tag.init) : nil
        createdBy = service.createdBy
        enableECSManagedTags = settings.hasManagedTags
        propagateTags = ECS.PropagateTags(rawValue: settings.propagatesTags)
        enableExecuteCommand = settings.hasExecuteCommand
        availabilityZoneRebalancing = settings.rebalancesZones ? .enabled : .disabled
        resourceManagementType = .customer
    }
}

extension ECS.Deployment {
    /// Source: ecs.md section 17.
    ///
    /// - Parameter network: Its network configuration, if that is known already.
    init(
        _ id: DeploymentID, in cloud: borrowing Cloud, network: ECS.NetworkConfiguration? = nil
    ) {
        self.init(id, cloud.containers.deployments[id], in: cloud)
        networkConfiguration =
            network
            ?? cloud.containers.deployments[id].settings.network.map {
                ECS.NetworkConfiguration($0, in: cloud)
            }
    }

    private init(
        _ id: DeploymentID, _ deployment: borrowing Containers.Deployment,
        in cloud: borrowing Cloud
    ) {
        let counts = cloud.containers.counts(of: id)
        self.init()
        self.id = cloud.name(of: id)
        status = deployment.status.rawValue
        taskDefinition = cloud.arn(deployment.settings.definition)
        desiredCount = deployment.desiredCount
        pendingCount = counts.pending
        runningCount = counts.running
        failedTasks = deployment.failedTasks
        createdAt = cloud.calendar(deployment.createdAt)
        updatedAt = cloud.calendar(deployment.updatedAt)
        launchType = deployment.settings.launchType.map { ECS.LaunchType(rawValue: $0) }
        capacityProviderStrategy = .init(deployment.settings.strategy)
        platformVersion = "1.4.0"
        platformFamily = "Linux"
        rolloutState = ECS.DeploymentRolloutState(rawValue: deployment.rolloutState.rawValue)
        rolloutStateReason =
            switch deployment.rolloutState {
            case .inProgress: String(parts: "ECS deployment ", self.id!, " in progress.")
            case .completed: String(parts: "ECS deployment ", self.id!, " completed.")
            case .failed: "ECS deployment circuit breaker: tasks failed to start."
            }
        if let reason = cloud.reasonOfDetour(id) { rolloutStateReason = reason }
    }
}

extension Cloud {
    /// What `rolloutStateReason` says of a deployment on its way back, or one that was stopped;
    /// `nil` for all others. Source: ecs.md section 17.4; of what StopServiceDeployment stops the
    /// texts are assumed.
    fileprivate func reasonOfDetour(_ id: DeploymentID) -> String? {
        if containers.deployments[id].failure == .stopped {
            return "ECS deployment \(name(of: id)) stopped."
        }
        guard containers.deployments[id].rolloutState == .inProgress,
            let failed = containers.deployments[id].undoes,
            let good = containers.deployments[id].restores
        else { return nil }
        let start =
            containers.deployments[failed].failure == .circuitBreaker
            ? "ECS deployment circuit breaker: " : "ECS deployment "
        return start + "rolling back to deploymentId \(name(of: good))."
    }
}

extension ECS.ServiceCurrentRevisionSummary {
    init(_ id: DeploymentID, in cloud: borrowing Cloud) {
        let counts = cloud.containers.counts(of: id)
        self.init(
            arn: cloud.revisionARN(id),
            requestedTaskCount: cloud.containers.deployments[id].desiredCount,
            runningTaskCount: counts.running, pendingTaskCount: counts.pending)
    }
}

extension ECS.ServiceEvent {
    init(_ event: Containers.ServiceEvent, of id: ServiceID, in cloud: borrowing Cloud) {
        self.init(
            id: cloud.naming.uuid(
                UInt64(id.rawValue) << 32 | UInt64(event.number), .serviceEvent),
            createdAt: cloud.calendar(event.at), message: cloud.message(of: event, in: id))
    }
}

extension ECS.LoadBalancer {
    init(_ balancer: Containers.Service.LoadBalancer, in cloud: borrowing Cloud) {
        // Its group may have been deleted under the service.
        let arn =
            cloud.balancing.targetGroups.contains(balancer.group)
            ? cloud.arn(balancer.group) : nil
        self.init(
            targetGroupArn: arn, containerName: balancer.container, containerPort: balancer.port)
    }
}

extension ECS.NetworkConfiguration {
    init(_ network: Containers.Service.NetworkConfiguration, in cloud: borrowing Cloud) {
        self.init(
            awsvpcConfiguration: ECS.AwsVpcConfiguration(
                subnets: network.subnets.map { cloud.naming.ec2ID("subnet", $0, .subnet) },
                securityGroups: network.securityGroups.map {
                    cloud.naming.ec2ID("sg", $0, .securityGroup)
                },
                assignPublicIp: network.assignsPublicAddress ? .enabled : .disabled))
    }
}

extension ECS.DeploymentConfiguration {
    init(_ settings: Containers.Service.Settings) {
        self.init(
            deploymentCircuitBreaker: ECS.DeploymentCircuitBreaker(
                enable: settings.circuitBreaker.isEnabled,
                rollback: settings.circuitBreaker.rollsBack),
            maximumPercent: settings.maximumPercent,
            minimumHealthyPercent: settings.minimumHealthyPercent,
            strategy: .rolling, bakeTimeInMinutes: 0)
    }
}

extension Containers {
    /// The same of the tasks of a deployment.
    func counts(of deployment: DeploymentID) -> (running: Int, pending: Int) {
        counts(
            of: services[deployments[deployment].service].tasks.filter {
                tasks[$0].deployment == deployment
            })
    }

    /// How many of the tasks run and how many are on the way to it. Source: ecs.md section 12.21.
    func counts(of ids: [TaskID]) -> (running: Int, pending: Int) {
        var counts = (running: 0, pending: 0)
        for id in ids {
            switch tasks[id].status {
            case .running: counts.running += 1
            case .provisioning, .pending, .activating:
                if tasks[id].isWanted { counts.pending += 1 }
            default: break
            }
        }
        return counts
    }
}
