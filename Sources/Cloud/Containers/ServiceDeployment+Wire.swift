import CloudAPI
import Simulation

extension ECS.ServiceDeployment {
    /// Source: ecs.md sections 21 and 36.4.
    init(_ id: DeploymentID, in cloud: borrowing Cloud) {
        let service = cloud.containers.deployments[id].service
        let status = cloud.containers.serviceDeploymentStatus(of: id)
        let rollback = cloud.containers.deployments[id].rollback
        let last = rollback ?? id
        func time(_ instant: Instant?) -> Timestamp? { instant.map { cloud.calendar($0) } }
        self.init()
        serviceDeploymentArn = cloud.serviceDeploymentARN(id)
        serviceArn = cloud.arn(service)
        clusterArn = cloud.arn(cloud.containers.services[service].cluster)
        createdAt = time(cloud.containers.deployments[id].createdAt)
        startedAt = time(cloud.containers.deployments[id].startedAt)
        finishedAt = time(cloud.containers.end(ofServiceDeployment: id))
        stoppedAt = status == .stopped ? finishedAt : nil
        updatedAt = time(
            cloud.containers.end(ofServiceDeployment: id)
                ?? cloud.containers.deployments[last].updatedAt)
        // One from which nothing runs any more may be forgotten before this one.
        sourceServiceRevisions = cloud.containers.deployments[id].sources.compactMap {
            cloud.containers.deployments.contains($0)
                ? ECS.ServiceRevisionSummary($0, in: cloud) : nil
        }
        targetServiceRevision = ECS.ServiceRevisionSummary(id, in: cloud)
        self.status = ECS.ServiceDeploymentStatus(rawValue: status.rawValue)
        statusReason = cloud.statusReason(of: id)
        deploymentConfiguration = ECS.DeploymentConfiguration(
            cloud.containers.services[service].settings)
        if let rollback {
            self.rollback = ECS.Rollback(
                reason: statusReason,
                startedAt: time(cloud.containers.deployments[rollback].createdAt),
                serviceRevisionArn: cloud.revisionARN(rollback))
        }
        deploymentCircuitBreaker = ECS.ServiceDeploymentCircuitBreaker(id, in: cloud)
        alarms = ECS.ServiceDeploymentAlarms(
            status: .disabled, alarmNames: [], triggeredAlarmNames: [])
    }
}

extension ECS.ServiceDeploymentCircuitBreaker {
    /// Source: ecs.md section 18.9.
    init(_ id: DeploymentID, in cloud: borrowing Cloud) {
        let service = cloud.containers.deployments[id].service
        let isEnabled = cloud.containers.services[service].settings.circuitBreaker.isEnabled
        let status: ECS.ServiceDeploymentRollbackMonitorsStatus =
            if cloud.containers.deployments[id].failure == .circuitBreaker {
                .triggered
            } else if !isEnabled {
                .disabled
            } else if cloud.containers.end(ofServiceDeployment: id) == nil {
                .monitoring
            } else {
                .monitoringComplete
            }
        self.init(
            status: status, failureCount: cloud.containers.deployments[id].failedTasks,
            threshold: cloud.containers.deployments[id].thresholdAtEnd
                ?? cloud.breakerThreshold(of: service))
    }
}

extension ECS.ServiceDeploymentBrief {
    init(_ id: DeploymentID, in cloud: borrowing Cloud) {
        let whole = ECS.ServiceDeployment(id, in: cloud)
        self.init(
            serviceDeploymentArn: whole.serviceDeploymentArn, serviceArn: whole.serviceArn,
            clusterArn: whole.clusterArn, startedAt: whole.startedAt, createdAt: whole.createdAt,
            finishedAt: whole.finishedAt, targetServiceRevisionArn: cloud.revisionARN(id),
            status: whole.status, statusReason: whole.statusReason)
    }
}

extension ECS.ServiceRevisionSummary {
    /// Source: ecs.md section 21.7. Weights are those of blue/green deployments.
    init(_ id: DeploymentID, in cloud: borrowing Cloud) {
        let counts = cloud.containers.counts(of: id)
        self.init(
            arn: cloud.revisionARN(id),
            requestedTaskCount: cloud.containers.deployments[id].status == .inactive
                ? 0 : cloud.containers.deployments[id].desiredCount,
            runningTaskCount: counts.running, pendingTaskCount: counts.pending)
    }
}

extension ECS.ServiceRevision {
    /// Source: ecs.md sections 21.1 and 21.10.
    init(_ id: DeploymentID, in cloud: borrowing Cloud) {
        let service = cloud.containers.deployments[id].service
        let settings = cloud.containers.deployments[id].settings
        let definition = settings.definition
        self.init()
        serviceRevisionArn = cloud.revisionARN(id)
        serviceArn = cloud.arn(service)
        clusterArn = cloud.arn(cloud.containers.services[service].cluster)
        taskDefinition = cloud.arn(definition)
        launchType = settings.launchType.map { ECS.LaunchType(rawValue: $0) }
        platformVersion = "1.4.0"
        platformFamily = "Linux"
        loadBalancers = settings.loadBalancers.map { ECS.LoadBalancer($0, in: cloud) }
        serviceRegistries = []
        networkConfiguration = settings.network.map { ECS.NetworkConfiguration($0, in: cloud) }
        containerImages = cloud.containers.taskDefinitions[definition].containers.indices.map {
            ECS.ContainerImage(
                containerName: cloud.containers.taskDefinitions[definition].containers[$0].name,
                imageDigest: cloud.containers.deployments[id].digests[$0],
                image: cloud.containers.taskDefinitions[definition].containers[$0].image.text)
        }
        guardDutyEnabled = false
        createdAt = cloud.calendar(cloud.containers.deployments[id].createdAt)
    }
}

extension Cloud {
    /// Source of the first text: ecs.md section 18.12. The others are assumed.
    fileprivate func statusReason(of id: DeploymentID) -> String? {
        switch (containers.deployments[id].failure, containers.deployments[id].rollback) {
        case (.circuitBreaker?, .some):
            "Service deployment rolled back because the circuit breaker threshold was exceeded."
        case (.circuitBreaker?, nil):
            "Service deployment stopped because the circuit breaker threshold was exceeded."
        case (.stopped?, .some):
            "Service deployment rolled back because StopServiceDeployment was called."
        case (.stopped?, nil):
            "Service deployment stopped because StopServiceDeployment was called."
        case (nil, _):
            containers.deployments[id].stoppedAt == nil
                ? nil : "Service deployment stopped because a new one was started."
        }
    }
}
