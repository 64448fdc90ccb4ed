import CloudAPI
import Simulation

extension ECS.Service {
    /// Source of the members that are always there: ecs.md sections 12.3, 12.4 and 36.1.
    init(_ id: ServiceID, in cloud: borrowing Cloud, withTags: Bool = false) {
        var parts = CommonParts()
        self.init(id, in: cloud, withTags: withTags, &parts)
    }

    /// - Parameter parts: What it may have in common with others in the same answer.
    init(
        _ id: ServiceID, in cloud: borrowing Cloud, withTags: Bool, _ parts: inout CommonParts
    ) {
        // Tables by themselves, read where their values stand: to copy a service takes longer.
        let (services, deployments) = (cloud.containers.services, cloud.containers.deployments)
        let cluster = services[id].cluster
        let counts = cloud.containers.counts(of: services[id].tasks)
        let newest = services[id].deployments.first
        self.init(
            serviceArn: cloud.arn(id), serviceName: services[id].name,
            clusterArn: parts.clusterARN(cluster) { cloud.arn(cluster) },
            loadBalancers: services[id].settings.loadBalancers.map {
                ECS.LoadBalancer($0, in: cloud)
            },
            serviceRegistries: [], status: services[id].status.rawValue,
            desiredCount: services[id].desiredCount, runningCount: counts.running,
            pendingCount: counts.pending,
            launchType: services[id].settings.launchType.map { ECS.LaunchType(rawValue: $0) },
            capacityProviderStrategy: .init(services[id].settings.strategy),
            platformVersion: services[id].settings.platformVersion, platformFamily: "Linux",
            taskDefinition: parts.definitionARN(services[id].settings.definition) {
                cloud.arn(services[id].settings.definition)
            },
            deploymentConfiguration: ECS.DeploymentConfiguration(services[id].settings),
            deployments: services[id].deployments.map { ECS.Deployment($0, in: cloud, &parts) },
            roleArn: parts.roleARN(cluster) {
                String(writing: { text in
                    text.add("arn:aws:iam::")
                    text.add(cloud.containers.clusters[cluster].place.account)
                    text.add(":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
                })
            },
            events: services[id].events.reversed().map { ECS.ServiceEvent($0, of: id, in: cloud) },
            createdAt: cloud.calendar(services[id].createdAt),
            currentServiceDeployment: newest.map {
                cloud.serviceDeploymentARN(deployments[$0].undoes ?? $0)
            },
            currentServiceRevisions: services[id].deployments.map {
                ECS.ServiceCurrentRevisionSummary($0, in: cloud)
            },
            placementConstraints: [], placementStrategy: [],
            networkConfiguration: services[id].settings.network.map { network in
                parts.network(network) { ECS.NetworkConfiguration(network, in: cloud) }
            },
            healthCheckGracePeriodSeconds: services[id].settings.loadBalancers.isEmpty
                ? nil : Int((services[id].settings.gracePeriod ?? .zero).inSeconds),
            schedulingStrategy: .replica,
            deploymentController: ECS.DeploymentController(type: .ecs),
            tags: withTags ? services[id].tags.map(ECS.Tag.init) : nil,
            createdBy: services[id].createdBy,
            enableECSManagedTags: services[id].settings.hasManagedTags,
            propagateTags: ECS.PropagateTags(rawValue: services[id].settings.propagatesTags),
            enableExecuteCommand: services[id].settings.hasExecuteCommand,
            availabilityZoneRebalancing: services[id].settings.rebalancesZones
                ? .enabled : .disabled,
            resourceManagementType: .customer)
    }
}

extension ECS.Deployment {
    /// Source: ecs.md section 17.
    ///
    /// - Parameter parts: What it may have in common with others in the same answer.
    init(_ id: DeploymentID, in cloud: borrowing Cloud, _ parts: inout CommonParts) {
        let deployments = cloud.containers.deployments
        let counts = cloud.containers.counts(of: id)
        self.init(
            id: cloud.name(of: id), status: deployments[id].status.rawValue,
            taskDefinition: parts.definitionARN(deployments[id].settings.definition) {
                cloud.arn(deployments[id].settings.definition)
            },
            desiredCount: deployments[id].desiredCount, pendingCount: counts.pending,
            runningCount: counts.running, failedTasks: deployments[id].failedTasks,
            createdAt: cloud.calendar(deployments[id].createdAt),
            updatedAt: cloud.calendar(deployments[id].updatedAt),
            capacityProviderStrategy: .init(deployments[id].settings.strategy),
            launchType: deployments[id].settings.launchType.map { ECS.LaunchType(rawValue: $0) },
            platformVersion: "1.4.0", platformFamily: "Linux",
            networkConfiguration: deployments[id].settings.network.map { network in
                parts.network(network) { ECS.NetworkConfiguration(network, in: cloud) }
            },
            rolloutState: ECS.DeploymentRolloutState(
                rawValue: deployments[id].rolloutState.rawValue),
            rolloutStateReason: cloud.reasonOfState(id))
    }
}

/// What services in one answer, and their deployments, mostly have in common: put together once and
/// not for each, which would take longer than all the rest of a service.
struct CommonParts {
    var clusterARN = Latest<ClusterID, String>()
    var roleARN = Latest<ClusterID, String>()
    var definitionARN = Latest<TaskDefinitionID, String>()
    var network = Latest<
        Containers.Service.NetworkConfiguration, ECS.NetworkConfiguration
    >()
}

extension Cloud {
    fileprivate func reasonOfState(_ id: DeploymentID) -> String {
        if let reason = reasonOfDetour(id) { return reason }
        if containers.deployments[id].rolloutState == .failed {
            return "ECS deployment circuit breaker: tasks failed to start."
        }
        let isDone = containers.deployments[id].rolloutState == .completed
        return String(writing: { text in
            text.add("ECS deployment ecs-svc/")
            naming.add(digits: id, .deployment, to: &text)
            if isDone { text.add(" completed.") } else { text.add(" in progress.") }
        })
    }

    /// What `rolloutStateReason` says of a deployment on its way back, or one that was stopped;
    /// `nil` for all others. Source: ecs.md section 17.4; of what StopServiceDeployment stops the
    /// texts are assumed.
    private func reasonOfDetour(_ id: DeploymentID) -> String? {
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
        counts(of: services[deployments[deployment].service].tasks, in: deployment)
    }

    /// How many of the tasks run and how many are on the way to it. Source: ecs.md section 12.21.
    ///
    /// - Parameter deployment: Whose tasks are counted; `nil`: all of them.
    func counts(
        of ids: [TaskID], in deployment: DeploymentID? = nil
    ) -> (running: Int, pending: Int) {
        var counts = (running: 0, pending: 0)
        for id in ids where deployment == nil || tasks[id].deployment == deployment {
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
