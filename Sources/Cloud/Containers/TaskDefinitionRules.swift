import CloudAPI

/// What RegisterTaskDefinition checks, in the order in which it checks it.
/// Source: ecs.md sections 5, 6 and 7. All are ClientException.
struct TaskDefinitionRules {
    let request: ECS.RegisterTaskDefinition

    private var isForFargate: Bool { request.requiresCompatibilities?.contains(.fargate) ?? false }
    private var networkMode: ECS.NetworkMode { request.networkMode ?? .bridge }

    func check() throws(APIFailure) {
        try checkFamily()
        try checkSize()
        try checkContainers()
        if isForFargate { try checkFargate() }
    }

    private func checkFamily() throws(APIFailure) {
        guard !request.family.isEmpty else {
            throw .clientException("Family should not be null or empty.")
        }
        guard isContainersName(request.family) else {
            throw .clientException("Family contains invalid characters.")
        }
    }

    private func checkSize() throws(APIFailure) {
        if let cpu = request.cpu, FargateSize.cpuUnits(cpu) == nil {
            throw .clientException("Invalid 'cpu' setting for task.")
        }
        if let memory = request.memory, FargateSize.mebibytes(memory) == nil {
            throw .clientException("Invalid 'memory' setting for task.")
        }
        guard isForFargate else { return }
        guard networkMode == .awsvpc else {
            throw .clientException("Fargate only supports network mode \u{2018}awsvpc\u{2019}.")
        }
        guard let cpu = request.cpu.flatMap(FargateSize.cpuUnits) else {
            throw .clientException("Fargate requires that 'cpu' be defined at the task level.")
        }
        guard let memory = request.memory.flatMap(FargateSize.mebibytes) else {
            throw .clientException("Fargate requires that 'memory' be defined at the task level.")
        }
        guard FargateSize.exists(cpu: cpu, mebibytes: memory) else {
            throw .clientException(
                "No Fargate configuration exists for given values: \(cpu) CPU, \(memory) memory. "
                    + "See the Amazon ECS documentation for the valid values.")
        }
    }

    // MARK: containers

    private func checkContainers() throws(APIFailure) {
        let containers = request.containerDefinitions
        guard !containers.isEmpty else { throw .clientException("Container list cannot be empty.") }
        // The limit is documented, the text assumed; section 5.20.
        guard containers.count <= 10 else {
            throw .clientException("A task definition can have at most 10 containers.")
        }
        for container in containers { try check(container) }
        guard containers.contains(where: { $0.essential ?? true }) else {
            throw .clientException("Task definition doesn't have any essential container.")
        }
        try checkSums(containers)
        try checkDependencies(containers)
    }

    private func check(_ container: ECS.ContainerDefinition) throws(APIFailure) {
        guard let name = container.name, !name.isEmpty else {
            throw .clientException("Container.name should not be null or empty.")
        }
        guard let image = container.image, !image.isEmpty else {
            throw .clientException("Container.image should not be null or empty.")
        }
        try checkMemory(container, name)
        try checkPorts(container)
        if let check = container.healthCheck { try checkHealthCheck(check) }
        if let timeout = container.startTimeout, timeout < 2 {
            throw .clientException(
                "Granular start timeout on container '\(name)' must be at least 2 seconds.")
        }
        if let logs = container.logConfiguration { try checkLogs(logs) }
        if isForFargate, let timeout = container.stopTimeout, timeout > 120 {
            throw .clientException(
                "Tasks using the Fargate launch type must have a container stop timeout of less "
                    + "than 120 seconds.")
        }
    }

    private func checkMemory(
        _ container: ECS.ContainerDefinition, _ name: String
    ) throws(APIFailure) {
        if request.memory == nil, container.memory == nil, container.memoryReservation == nil {
            throw .clientException(
                "Invalid setting for container '\(name)'. At least one of 'memory' or "
                    + "'memoryReservation' must be specified.")
        }
        // Rules of the model, texts assumed; section 7.4.
        if let memory = container.memory, memory < 6 {
            throw .clientException(
                "Invalid setting for container '\(name)'. Memory must be at least 6 MiB.")
        }
        if let memory = container.memory, let reserved = container.memoryReservation,
            memory <= reserved
        {
            throw .clientException(
                "Invalid setting for container '\(name)'. 'memory' must be greater than "
                    + "'memoryReservation'.")
        }
    }

    private func checkPorts(_ container: ECS.ContainerDefinition) throws(APIFailure) {
        for mapping in container.portMappings ?? [] {
            guard networkMode == .awsvpc || networkMode == .host, let host = mapping.hostPort,
                host != 0, let port = mapping.containerPort, host != port
            else { continue }
            throw .clientException(
                "When networkMode=\(networkMode.rawValue), the host ports and container ports in "
                    + "port mappings must match.")
        }
    }

    private func checkHealthCheck(_ check: ECS.HealthCheck) throws(APIFailure) {
        // Ranges of the model, texts assumed; section 7.8.
        let ranges: [(String, Int?, ClosedRange<Int>)] = [
            ("interval", check.interval, 5...300), ("timeout", check.timeout, 2...60),
            ("retries", check.retries, 1...10), ("startPeriod", check.startPeriod, 0...300),
        ]
        for (name, value, range) in ranges {
            guard let value, !range.contains(value) else { continue }
            throw .clientException(
                "Invalid health check: \(name) must be between \(range.lowerBound) and "
                    + "\(range.upperBound).")
        }
        guard let first = check.command?.first, first == "CMD" || first == "CMD-SHELL" else {
            throw .clientException(
                "Invalid health check: command must start with CMD or CMD-SHELL.")
        }
    }

    private func checkLogs(_ logs: ECS.LogConfiguration) throws(APIFailure) {
        let driver = logs.logDriver?.rawValue ?? ""
        if isForFargate, !["awslogs", "splunk", "awsfirelens"].contains(driver) {
            throw .clientException(
                "\(driver) is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]")
        }
        guard driver == "awslogs" else { return }
        let options = logs.options ?? [:]
        guard options["awslogs-group"] != nil, options["awslogs-region"] != nil else {
            throw .clientException(
                "Log driver awslogs requires options: awslogs-region, awslogs-group")
        }
        // Fargate needs a prefix; the text is assumed; section 7.13.
        if isForFargate, options["awslogs-stream-prefix"] == nil {
            throw .clientException(
                "Log driver awslogs requires options: awslogs-stream-prefix")
        }
    }

    /// The texts are assumed; section 6.6.
    private func checkSums(_ containers: [ECS.ContainerDefinition]) throws(APIFailure) {
        if let cpu = request.cpu.flatMap(FargateSize.cpuUnits) {
            let sum = containers.reduce(0) { $0 + ($1.cpu ?? 0) }
            guard sum <= cpu else {
                throw .clientException(
                    "Total cpu units for container(s) \(sum) is greater than task cpu \(cpu).")
            }
        }
        if let memory = request.memory.flatMap(FargateSize.mebibytes) {
            let sum = containers.reduce(0) { $0 + ($1.memory ?? $1.memoryReservation ?? 0) }
            guard sum <= memory else {
                throw .clientException(
                    "Total memory for container(s) \(sum) is greater than task memory \(memory).")
            }
        }
    }

    private func checkDependencies(_ containers: [ECS.ContainerDefinition]) throws(APIFailure) {
        func find(_ name: String) -> ECS.ContainerDefinition? {
            containers.first { $0.name == name }
        }
        for container in containers {
            for dependency in container.dependsOn ?? [] {
                let name = dependency.containerName ?? ""
                guard let found = find(name) else {
                    throw .clientException(
                        "Cannot depend on container + '\(name)' because it "
                            + "does not exist")
                }
                let condition = dependency.condition
                if condition == .success || condition == .complete, found.essential ?? true {
                    throw .clientException(
                        "A dependency container with SUCCESS or COMPLETE condition cannot be an "
                            + "essential container")
                }
                if condition == .healthy, found.healthCheck == nil {
                    throw .clientException(
                        "A dependency container with HEALTHY condition must have health check "
                            + "configured")
                }
            }
        }
        // Kahn's way: take away what depends on nothing that is left; a cycle stays.
        var left = containers
        while let index = left.firstIndex(where: { container in
            (container.dependsOn ?? []).allSatisfy { dependency in
                !left.contains { $0.name == dependency.containerName }
            }
        }) { left.remove(at: index) }
        guard left.isEmpty else {
            // The rule is of the model, the text assumed; section 7.7.
            throw .clientException("Container dependencies cannot form a cycle.")
        }
    }

    // MARK: Fargate

    private func checkFargate() throws(APIFailure) {
        if request.pidMode == .host {
            throw .clientException(
                "Tasks using the Fargate launch type do not support pidMode 'host'. The supported "
                    + "value for pidMode is 'task'.")
        }
        if let size = request.ephemeralStorage?.sizeInGiB {
            // Source of the fragments: section 5.18.
            if size < 21 {
                throw .clientException("EphemeralStorage size should be at least 21")
            }
            if size > 200 {
                throw .clientException("EphemeralStorage size should be at most 200")
            }
        }
        guard request.executionRoleArn == nil else { return }
        for container in request.containerDefinitions {
            if container.logConfiguration?.logDriver?.rawValue == "awslogs" {
                throw .clientException(
                    "Fargate requires task definition to have execution role ARN to support log "
                        + "driver awslogs.")
            }
            if case .ecr = ImageReference(container.image ?? "").registry {
                throw .clientException(
                    "Fargate requires task definition to have execution role ARN to support ECR "
                        + "images.")
            }
        }
    }
}
