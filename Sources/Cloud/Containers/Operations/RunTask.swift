import CloudAPI
import Simulation

extension ECS.RunTask: Handled {
    /// Starts tasks that belong to no service. With a token, the same call again within a day
    /// answers with the same tasks. Source: ecs.md sections 25.1 to 25.5.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        let definition = try cloud.runnableDefinition(
            taskDefinition, for: caller, inactive: .taskDefinitionInactiveToRun)
        let strategy = try cloud.checkLaunchType(
            launchType, strategy: capacityProviderStrategy, in: cluster, definition, caller)
        try cloud.checkPlatform(platformVersion)
        let count = count ?? 1
        guard (1...10).contains(count) else { throw .countInvalid }
        try check(definition, in: cloud)
        guard
            let place = try cloud.networkConfiguration(
                networkConfiguration, for: definition, caller)
        else { throw .networkConfigurationMissing }
        if let earlier = try earlierTasks(in: cloud, caller) {
            return Output(
                tasks: earlier.map { ECS.Task($0, in: cloud, withTags: true) }, failures: [])
        }

        let (tasks, missing) = run(count, of: definition, in: cluster, at: place, on: &cloud)
        var counts: [String: Int] = [:]
        for task in tasks {
            guard let provider = strategy.provider(after: counts) else { break }
            cloud.containers.providers[task] = provider
            counts[provider, default: 0] += 1
        }
        if let clientToken {
            cloud.containers.runs[PlacedName(clientToken, in: caller.place)] = .init(
                request: request, tasks: tasks, at: cloud.now)
        }

        return Output(
            tasks: tasks.map { ECS.Task($0, in: cloud, withTags: true) },
            failures: Array(repeating: ECS.Failure(reason: "RESOURCE:ENI"), count: missing))
    }

    /// - Returns: The tasks, and how many found no free address.
    private func run(
        _ count: Int, of definition: TaskDefinitionID, in cluster: ClusterID,
        at place: Containers.Service.NetworkConfiguration, on cloud: inout Cloud
    ) -> (tasks: [TaskID], missing: Int) {
        let family = cloud.containers.taskDefinitions[definition].family
        let containers = cloud.containers.taskDefinitions[definition].containers
        var tasks: [TaskID] = []
        for index in 0..<count {
            guard let subnet = cloud.subnetWithRoom(place.subnets, from: index) else { continue }
            let task = cloud.launch(
                Containers.Task(
                    cluster: cluster, definition: definition, service: nil, deployment: nil,
                    createdAt: cloud.now, subnet: subnet,
                    containers: containers.map { _ in Containers.Container() },
                    startedBy: startedBy, group: group ?? "family:\(family)",
                    hasPublicAddress: place.assignsPublicAddress,
                    securityGroups: place.securityGroups,
                    tags: (tags ?? []).map(ResourceTag.init)))
            if let overrides { cloud.containers.overrides[task] = Wired(overrides) }
            cloud.containers.clusters[cluster].standaloneTasks.append(task)
            cloud.record(.containers(.taskMoved(task, from: nil, to: .provisioning)))
            cloud.live(task)
            tasks.append(task)
        }
        return (tasks, count - tasks.count)
    }

    private func check(_ definition: TaskDefinitionID, in cloud: Cloud) throws(APIFailure) {
        if let startedBy {
            let isWellFormed = startedBy.utf8.allSatisfy { letter in
                switch letter {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "/"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            guard isWellFormed, startedBy.utf8.count <= 128 else { throw .startedByInvalid }
        }
        if propagateTags == .service { throw .propagateFromServiceInvalid }
        if let clientToken {
            guard clientToken.utf8.count <= 64, clientToken.utf8.allSatisfy({ (33...126) ~= $0 })
            else { throw .tokenOfCallInvalid }
        }
        guard let overrides else { return }
        guard ShapeWriter.json(overrides).count <= 8192 else { throw .overridesTooLong }
        for override in overrides.containerOverrides ?? [] {
            let name = override.name ?? ""
            let known = cloud.containers.taskDefinitions[definition].containers
            guard known.contains(where: { $0.name == name }) else {
                throw .overrideWithoutContainer(name)
            }
        }
    }

    private var request: String { String(decoding: ShapeWriter.json(self), as: UTF8.self) }

    /// What the same call brought about before, if it is not longer ago than a day.
    private func earlierTasks(in cloud: Cloud, _ caller: Caller) throws(APIFailure) -> [TaskID]? {
        guard let clientToken,
            let record = cloud.containers.runs[PlacedName(clientToken, in: caller.place)],
            cloud.now - record.at <= cloud.timing.clientTokenKept
        else { return nil }
        let known = record.tasks.filter { cloud.containers.tasks.contains($0) }
        guard record.request == request else {
            throw .tokenUsedOtherwise(known.map { cloud.arn($0) })
        }
        return known
    }
}
