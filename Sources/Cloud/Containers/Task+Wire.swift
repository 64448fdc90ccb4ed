import CloudAPI
import Simulation

extension ECS.Task {
    /// Source: ecs.md section 8.
    init(_ id: TaskID, in cloud: borrowing Cloud, withTags: Bool = false) {
        let task = cloud.containers.tasks[id]
        let definition = cloud.containers.taskDefinitions[task.definition]
        func time(_ instant: Instant?) -> Timestamp? { instant.map { cloud.calendar($0) } }
        self.init()
        attachments = [ECS.Attachment(interfaceOf: id, in: cloud)]
        attributes = [
            ECS.Attribute(
                name: "ecs.cpu-architecture", value: definition.isARM ? "arm64" : "x86_64")
        ]
        availabilityZone = cloud.network.subnets.find(task.subnet)?.zone
        clusterArn = cloud.arn(task.cluster)
        connectivity = task.connectedAt == nil ? nil : .connected
        connectivityAt = time(task.connectedAt)
        containers = task.containers.indices.map { ECS.Container(id, $0, in: cloud) }
        let size = cloud.size(of: id)
        cpu = size.cpuUnits == 0 ? nil : String(size.cpuUnits)
        createdAt = time(task.createdAt)
        desiredStatus = task.isWanted ? "RUNNING" : "STOPPED"
        enableExecuteCommand =
            task.deployment.map {
                cloud.containers.deployments[$0].settings.hasExecuteCommand
            } ?? false
        executionStoppedAt = time(task.executionStoppedAt)
        group = task.group ?? task.service.map { "service:\(cloud.containers.services[$0].name)" }
        healthStatus = ECS.HealthStatus(rawValue: task.health.rawValue)
        lastStatus = task.status.rawValue
        launchType = .fargate
        if !cloud.containers.providers.isEmpty {
            capacityProviderName = cloud.containers.providers[id]
        }
        memory = size.memoryMebibytes == 0 ? nil : String(size.memoryMebibytes)
        overrides = cloud.overrides(of: id)
        platformVersion = "1.4.0"
        platformFamily = "Linux"
        pullStartedAt = time(task.pullStartedAt)
        pullStoppedAt = time(task.pullStoppedAt)
        startedAt = time(task.startedAt)
        startedBy = task.startedBy ?? task.deployment.map { cloud.name(of: $0) }
        stopCode = task.stopCause.map { ECS.TaskStopCode(rawValue: $0.code.rawValue) }
        stoppedAt = time(task.stoppedAt)
        stoppedReason = task.stopCause.map { cloud.text(of: $0.reason) }
        stoppingAt = time(task.stoppingAt)
        tags = withTags ? task.tags.map(ECS.Tag.init) : []
        taskArn = cloud.arn(id)
        taskDefinitionArn = cloud.arn(task.definition)
        version = task.version
        let storage = definition.registered.shape.ephemeralStorage?.sizeInGiB ?? 20
        ephemeralStorage = ECS.EphemeralStorage(sizeInGiB: storage)
        fargateEphemeralStorage = ECS.TaskEphemeralStorage(sizeInGiB: storage)
    }
}

extension ECS.Container {
    /// Source: ecs.md section 8.7.
    init(_ id: TaskID, _ index: Int, in cloud: borrowing Cloud) {
        let task = cloud.containers.tasks[id]
        let container = task.containers[index]
        let definition = cloud.containers.taskDefinitions[task.definition]
        let registered = definition.registered.shape.containerDefinitions?[index]
        let number = UInt64(id.rawValue) << 8 | UInt64(index)
        self.init()
        containerArn = cloud.containerARN(id, container: index)
        taskArn = cloud.arn(id)
        name = definition.containers[index].name
        image = definition.containers[index].image.text
        imageDigest = container.digest
        if task.startedAt != nil {
            let digits = cloud.naming.digits(
                TaskID(rawValue: UInt32(truncatingIfNeeded: number)), .runtime, bits: 32)
            runtimeId = "\(cloud.naming.hex32(id))-\(digits)"
        }
        lastStatus = container.status.rawValue
        exitCode = container.exitCode
        reason = container.reason
        networkBindings = []
        networkInterfaces =
            task.address.map {
                [
                    ECS.NetworkInterface(
                        attachmentId: cloud.attachmentID(of: id), privateIpv4Address: $0.description
                    )
                ]
            } ?? []
        healthStatus = ECS.HealthStatus(rawValue: container.health.rawValue)
        cpu = String(registered?.cpu ?? 0)
        memory = registered?.memory.map { String($0) }
        memoryReservation = registered?.memoryReservation.map { String($0) }
    }
}

extension ECS.Attachment {
    /// Source: ecs.md section 8.5.
    init(interfaceOf id: TaskID, in cloud: borrowing Cloud) {
        let task = cloud.containers.tasks[id]
        let status =
            switch task.status {
            case .provisioning: "PRECREATED"
            case .stopped: "DELETED"
            case .deprovisioning: "DETACHING"
            default: "ATTACHED"
            }
        var details = [
            ECS.KeyValuePair(
                name: "subnetId", value: cloud.naming.ec2ID("subnet", task.subnet, .subnet))
        ]
        if task.status != .provisioning, let address = task.address, let interface = task.attached {
            let region = cloud.containers.clusters[task.cluster].place.region
            details += [
                .init(
                    name: "networkInterfaceId",
                    value: cloud.naming.ec2ID("eni", interface, .interface)),
                .init(name: "macAddress", value: cloud.naming.macAddress(interface)),
                .init(name: "privateDnsName", value: privateDNSName(address, region)),
                .init(name: "privateIPv4Address", value: address.description),
            ]
        }
        self.init(
            id: cloud.attachmentID(of: id), type: "ElasticNetworkInterface", status: status,
            details: details)
    }
}

/// `ip-10-0-1-17.ec2.internal`, and with the region elsewhere than in us-east-1.
/// Source: vpc.md section 2.
func privateDNSName(_ address: IPv4Address, _ region: String) -> String {
    let host = "ip-" + address.description.split(separator: ".").joined(separator: "-")
    return host + (region == "us-east-1" ? ".ec2.internal" : ".\(region).compute.internal")
}

extension Cloud {
    /// One for each container, as AWS shows them, whether or not something was said.
    fileprivate func overrides(of id: TaskID) -> ECS.TaskOverride {
        let definition = containers.tasks[id].definition
        let given = containers.overrides.isEmpty ? nil : containers.overrides[id]?.shape
        var overrides = given ?? ECS.TaskOverride()
        overrides.containerOverrides = containers.taskDefinitions[definition].containers.map {
            container in
            given?.containerOverrides?.first { $0.name == container.name }
                ?? ECS.ContainerOverride(name: container.name)
        }
        overrides.inferenceAcceleratorOverrides = given?.inferenceAcceleratorOverrides ?? []
        return overrides
    }

    func attachmentID(of id: TaskID) -> String { naming.uuid(UInt64(id.rawValue), .attachment) }

    /// `stoppedReason`. Source: ecs.md section 11.1.
    public func text(of reason: Containers.StopCause.Reason) -> String {
        switch reason {
        case .text(let text): text
        case .scaling(let deployment):
            "Scaling activity initiated by (deployment \(name(of: deployment)))"
        case .failedTargetChecks(let group):
            "Task failed ELB health checks in (target-group \(arn(group)))"
        case .failedContainerChecks: "Task failed container health checks"
        }
    }
}
