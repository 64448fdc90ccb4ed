import CloudAPI
import Simulation

extension ECS.RegisterTaskDefinition: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try TaskDefinitionRules(request: self).check()

        let key = PlacedName(family, in: caller.place)
        let revision = (cloud.containers.families[key]?.revisions.count ?? 0) + 1
        let registered = described(revision: revision, at: cloud.calendar(cloud.now), by: caller)
        let id = cloud.containers.taskDefinitions.insert(
            Containers.TaskDefinition(
                registered, request: self, revision: revision, in: caller.place))
        cloud.containers.families[key, default: Containers.Family()].revisions.append(id)
        cloud.containers.definitionsByPlace[caller.place, default: []].append(id)

        return Output(taskDefinition: registered, tags: tags ?? [])
    }

    /// The request as Describe answers it, with what AWS adds.
    /// Source: ecs.md sections 5.11 to 5.15.
    private func described(
        revision: Int, at now: Timestamp, by caller: Caller
    ) -> ECS.TaskDefinition {
        let place = caller.place
        let isVpc = networkMode == .awsvpc
        var definition = ECS.TaskDefinition()
        definition.taskDefinitionArn =
            "arn:aws:ecs:\(place.region):\(place.account):task-definition/\(family):\(revision)"
        definition.containerDefinitions = containerDefinitions.map { filled($0) }
        definition.family = family
        definition.taskRoleArn = taskRoleArn
        definition.executionRoleArn = executionRoleArn
        definition.networkMode = networkMode ?? .bridge
        definition.revision = revision
        definition.volumes = volumes ?? []
        definition.status = .active
        definition.requiresAttributes = requiredAttributes
        definition.placementConstraints = placementConstraints ?? []
        definition.compatibilities =
            isVpc && cpu != nil && memory != nil
            ? [.ec2, .managedInstances, .fargate] : [.external, .ec2]
        definition.runtimePlatform = runtimePlatform
        definition.requiresCompatibilities = requiresCompatibilities
        definition.cpu = cpu.flatMap(FargateSize.cpuUnits).map { String($0) }
        definition.memory = memory.flatMap(FargateSize.mebibytes).map { String($0) }
        definition.pidMode = pidMode
        definition.ipcMode = ipcMode
        definition.proxyConfiguration = proxyConfiguration
        definition.inferenceAccelerators = inferenceAccelerators
        definition.registeredAt = now
        definition.registeredBy = caller.arn
        definition.ephemeralStorage = ephemeralStorage
        definition.enableFaultInjection = enableFaultInjection
        return definition
    }

    private func filled(_ container: ECS.ContainerDefinition) -> ECS.ContainerDefinition {
        var filled = container
        filled.cpu = container.cpu ?? 0
        filled.essential = container.essential ?? true
        filled.environment = container.environment ?? []
        filled.mountPoints = container.mountPoints ?? []
        filled.volumesFrom = container.volumesFrom ?? []
        filled.systemControls = container.systemControls ?? []
        filled.portMappings = (container.portMappings ?? []).map { mapping in
            var mapping = mapping
            mapping.protocol = mapping.protocol ?? .tcp
            mapping.hostPort =
                networkMode == .awsvpc || networkMode == .host
                ? mapping.containerPort : mapping.hostPort ?? 0
            return mapping
        }
        if var check = container.healthCheck {
            check.interval = check.interval ?? 30
            check.timeout = check.timeout ?? 5
            check.retries = check.retries ?? 3
            filled.healthCheck = check
        }
        return filled
    }

    /// What an instance would need to run it. Source: ecs.md section 5.13.
    private var requiredAttributes: [ECS.Attribute] {
        var names: [String] = []
        func need(_ name: String) { if !names.contains(name) { names.append(name) } }
        for container in containerDefinitions {
            let isECR =
                if case .ecr = ImageReference(container.image ?? "").registry { true } else {
                    false
                }
            if container.logConfiguration?.logDriver?.rawValue == "awslogs" {
                need("com.amazonaws.ecs.capability.logging-driver.awslogs")
                if executionRoleArn != nil { need("ecs.capability.execution-role-awslogs") }
                need("com.amazonaws.ecs.capability.docker-remote-api.1.19")
            }
            if isECR {
                need("com.amazonaws.ecs.capability.ecr-auth")
                need("com.amazonaws.ecs.capability.docker-remote-api.1.19")
                if executionRoleArn != nil { need("ecs.capability.execution-role-ecr-pull") }
            }
            if container.healthCheck != nil {
                need("ecs.capability.container-health-check")
                need("com.amazonaws.ecs.capability.docker-remote-api.1.24")
            }
            if container.dependsOn != nil || container.startTimeout != nil
                || container.stopTimeout != nil
            {
                need("ecs.capability.container-ordering")
            }
        }
        need("com.amazonaws.ecs.capability.docker-remote-api.1.18")
        if taskRoleArn != nil { need("com.amazonaws.ecs.capability.task-iam-role") }
        if networkMode == .awsvpc { need("ecs.capability.task-eni") }
        return names.map { ECS.Attribute(name: $0) }
    }
}

extension Containers.TaskDefinition {
    fileprivate init(
        _ registered: ECS.TaskDefinition, request: ECS.RegisterTaskDefinition, revision: Int,
        in place: Place
    ) {
        self.init(
            place: place, family: request.family, revision: revision,
            registered: Wired(registered),
            cpuUnits: request.cpu.flatMap(FargateSize.cpuUnits) ?? 0,
            memoryMebibytes: request.memory.flatMap(FargateSize.mebibytes) ?? 0,
            isARM: request.runtimePlatform?.cpuArchitecture == .arm64,
            networkMode: (request.networkMode ?? .bridge).rawValue,
            containers: request.containerDefinitions.map {
                Containers.ContainerDefinition($0, among: request.containerDefinitions)
            },
            isOrdered: request.containerDefinitions.contains { !($0.dependsOn ?? []).isEmpty },
            isChecked: request.containerDefinitions.contains {
                $0.healthCheck != nil && $0.essential ?? true
            },
            executionRole: request.executionRoleArn,
            tags: (request.tags ?? []).map(ResourceTag.init))
    }
}

extension Containers.ContainerDefinition {
    fileprivate init(
        _ container: ECS.ContainerDefinition, among all: [ECS.ContainerDefinition]
    ) {
        var logs: Containers.LogConfiguration?
        if let given = container.logConfiguration, given.logDriver?.rawValue == "awslogs" {
            let options = given.options ?? [:]
            logs = Containers.LogConfiguration(
                group: options["awslogs-group"] ?? "", region: options["awslogs-region"] ?? "",
                streamPrefix: options["awslogs-stream-prefix"],
                createsGroup: options["awslogs-create-group"] == "true")
        }
        self.init(
            name: container.name ?? "", image: ImageReference(container.image ?? ""),
            isEssential: container.essential ?? true,
            ports: (container.portMappings ?? []).compactMap(\.containerPort),
            stopTimeout: container.stopTimeout.map { .seconds($0) }, logs: logs,
            isVersionConsistent: container.versionConsistency != .disabled,
            environment: (container.environment ?? []).map {
                ResourceTag($0.name ?? "", $0.value ?? "")
            },
            memoryMebibytes: container.memory,
            dependencies: (container.dependsOn ?? []).compactMap { dependency in
                guard let place = all.firstIndex(where: { $0.name == dependency.containerName }),
                    let condition = dependency.condition?.rawValue
                else { return nil }
                return .init(container: place, condition: .init(rawValue: condition) ?? .start)
            },
            startTimeout: container.startTimeout.map { .seconds($0) },
            healthCheck: container.healthCheck.map(Containers.HealthCheck.init),
            restarts: container.restartPolicy.flatMap(Containers.RestartPolicy.init))
    }
}

extension Containers.HealthCheck {
    /// Source of the defaults: ecs.md section 7.8.
    fileprivate init(_ check: ECS.HealthCheck) {
        self.init(
            interval: .seconds(check.interval ?? 30), timeout: .seconds(check.timeout ?? 5),
            retries: check.retries ?? 3, startPeriod: .seconds(check.startPeriod ?? 0))
    }
}

extension Containers.RestartPolicy {
    /// - Returns: `nil` for one that is not enabled.
    fileprivate init?(_ policy: ECS.ContainerRestartPolicy) {
        guard policy.enabled == true else { return nil }
        self.init(
            ignoredExitCodes: policy.ignoredExitCodes ?? [],
            attemptPeriod: .seconds(policy.restartAttemptPeriod ?? 300))
    }
}
