import Cloud
import Simulation

extension CloudPicture {
    /// Looks at a service and what belongs to it.
    ///
    /// - Parameter watch: Says which service, and through whose eyes shares of requests are seen.
    public init(_ watch: Watch, in cloud: Cloud) {
        var painter = Painter(watch, cloud)
        painter.paint()
        self = painter.picture
    }
}

private struct Painter {
    let watch: Watch
    let cloud: Cloud
    var picture: CloudPicture
    var definitions: [TaskDefinitionID] = []
    var deployments: [DeploymentID] = []
    var repositories: [RepositoryID] = []
    var images: [[ImageID]] = []
    var groups: [TargetGroupID] = []
    var balancers: [LoadBalancerID] = []

    private var service: Containers.Service { cloud.containers.services[watch.service] }

    init(_ watch: Watch, _ cloud: Cloud) {
        (self.watch, self.cloud) = (watch, cloud)
        let service = cloud.containers.services[watch.service]
        let running = service.tasks.count { cloud.containers.tasks[$0].status == .running }
        let pending = service.tasks.count {
            let task = cloud.containers.tasks[$0]
            return task.isWanted && task.status != .running
        }
        picture = CloudPicture(
            now: cloud.now - .start, cluster: cloud.containers.clusters[service.cluster].name,
            service: .init(
                name: service.name, desired: service.desiredCount, running: running,
                pending: pending, minimumPercent: service.settings.minimumHealthyPercent,
                maximumPercent: service.settings.maximumPercent, isSteady: service.isSteady,
                definition: 0))
    }

    mutating func paint() {
        findParts()
        paintImages()
        picture.definitions = definitions.map(definition)
        picture.service.definition = definitions.firstIndex(of: service.settings.definition) ?? 0
        picture.deployments = deployments.map(deployment)
        paintBalancing()
        paintTasks()
    }

    private mutating func findParts() {
        // Of older deployments those that still have tasks.
        let withTasks = Set(service.tasks.compactMap { cloud.containers.tasks[$0].deployment })
        deployments = service.deployments.filter {
            $0 == service.deployments.first || withTasks.contains($0)
                || cloud.containers.deployments[$0].status != .inactive
        }
        let used =
            deployments.map { cloud.containers.deployments[$0].settings.definition }
            + [service.settings.definition]
            + service.tasks.map { cloud.containers.tasks[$0].definition }
        definitions = Array(Set(used)).sorted()
        for id in deployments {
            for balancer in cloud.containers.deployments[id].settings.loadBalancers
            where !groups.contains(balancer.group)
                && cloud.balancing.targetGroups.contains(balancer.group)
            {
                groups.append(balancer.group)
            }
        }
        for group in groups {
            if let balancer = cloud.balancing.targetGroups[group].loadBalancer,
                !balancers.contains(balancer)
            {
                balancers.append(balancer)
            }
        }
    }

    // MARK: images

    private mutating func paintImages() {
        let run = Set(
            service.tasks.flatMap { cloud.containers.tasks[$0].containers }
                .compactMap(\.image))
        var found = Set(run.map { cloud.registry.images[$0].repository })
        for definition in definitions {
            let place = cloud.containers.taskDefinitions[definition].place
            for container in cloud.containers.taskDefinitions[definition].containers {
                if let image = cloud.registry.image(container.image, for: place) {
                    found.insert(cloud.registry.images[image].repository)
                }
            }
        }
        repositories = found.sorted().filter { cloud.registry.repositories.contains($0) }
        for id in repositories {
            let repository = cloud.registry.repositories[id]
            let shown = repository.images.filter {
                run.contains($0) || !cloud.registry.images[$0].tags.isEmpty
            }
            images.append(shown)
            picture.repositories.append(
                .init(
                    name: repository.name,
                    images: shown.map { image in
                        let found = cloud.registry.images[image]
                        return .init(
                            version: cloud.versionName(of: image), digest: found.digest,
                            tags: found.tags,
                            sizeBytes: found.sizeBytes,
                            series: repository.images.firstIndex(of: image) ?? 0)
                    }))
        }
    }

    private func place(of image: ImageID) -> CloudPicture.ImagePlace? {
        for (repository, list) in images.enumerated() {
            if let index = list.firstIndex(of: image) {
                return .init(repository: repository, image: index)
            }
        }
        return nil
    }

    // MARK: what ECS has

    private func definition(_ id: TaskDefinitionID) -> CloudPicture.Definition {
        let found = cloud.containers.taskDefinitions[id]
        let index = balancedContainer(of: id)
        let registered = found.registered.shape.containerDefinitions?[index].image
        return .init(
            family: found.family, revision: found.revision, cpuUnits: found.cpuUnits,
            memoryMebibytes: found.memoryMebibytes, image: registered ?? "",
            port: found.containers[index].ports.first,
            meaning: cloud.registry.image(found.containers[index].image, for: found.place)
                .flatMap(place))
    }

    private func balancedContainer(of id: TaskDefinitionID) -> Int {
        guard let name = service.settings.loadBalancers.first?.container else { return 0 }
        return cloud.containers.taskDefinitions[id].containers.firstIndex { $0.name == name } ?? 0
    }

    private func deployment(_ id: DeploymentID) -> CloudPicture.Deployment {
        let found = cloud.containers.deployments[id]
        let running = service.tasks.count {
            cloud.containers.tasks[$0].deployment == id
                && cloud.containers.tasks[$0].status == .running
        }
        return .init(
            name: cloud.name(of: id), status: found.status.rawValue,
            rolloutState: found.rolloutState.rawValue, desired: found.desiredCount,
            running: running,
            definition: definitions.firstIndex(of: found.settings.definition) ?? 0,
            isRollback: found.undoes != nil)
    }

    // MARK: load balancers

    private mutating func paintBalancing() {
        for id in groups {
            let found = cloud.balancing.targetGroups[id]
            var group = CloudPicture.TargetGroup(
                name: found.name, protocol: found.protocol, port: found.port,
                path: found.healthCheck.path, interval: found.healthCheck.interval,
                delay: found.deregistrationDelay,
                loadBalancer: found.loadBalancer.flatMap { balancers.firstIndex(of: $0) })
            let states = found.targets.filter { cloud.balancing.targets.contains($0) }
                .map { cloud.balancing.targets[$0].state.rawValue }
            for name in ["healthy", "initial", "unhealthy", "draining", "unused"] {
                let count = states.count { $0 == name }
                if count > 0 { group.states.append(.init(name: name, count: count)) }
            }
            picture.targetGroups.append(group)
        }
        for id in balancers {
            let found = cloud.balancing.loadBalancers[id]
            let listeners = found.listeners.map { cloud.balancing.listeners[$0] }
            picture.loadBalancers.append(
                .init(
                    name: found.name, isInternal: found.isInternal, state: found.state.rawValue,
                    zones: found.nodes.map(\.zone),
                    listeners: listeners.map { "\($0.protocol) \($0.port)" },
                    port: listeners.first?.port))
        }
    }

    // MARK: tasks

    private mutating func paintTasks() {
        let shares = requestShares()
        for id in service.tasks {
            var one = task(id)
            one.share = shares[id] ?? 0
            let alike = picture.tasks.firstIndex { Self.isAlike($0, one) }
            if let alike {
                picture.tasks[alike].names += one.names
                picture.tasks[alike].addresses += one.addresses
                picture.tasks[alike].zones += one.zones
                picture.tasks[alike].share += one.share
            } else {
                picture.tasks.append(one)
            }
        }
        guard service.tasks.count <= Self.most else { return }
        picture.tasks = service.tasks.map { id in
            var one = task(id)
            one.share = shares[id] ?? 0
            return one
        }
    }

    /// Up to so many tasks each have a box of their own.
    private static let most = 8

    private static func isAlike(_ one: CloudPicture.Tasks, _ other: CloudPicture.Tasks) -> Bool {
        one.status == other.status && one.isWanted == other.isWanted
            && (one.isHealthy == other.isHealthy || !one.isWanted) && one.version == other.version
            && one.deployment == other.deployment && one.targets == other.targets
    }

    private func task(_ id: TaskID) -> CloudPicture.Tasks {
        let found = cloud.containers.tasks[id]
        let container = found.containers[balancedContainer(of: found.definition)]
        let place = container.image.flatMap(place)
        let version =
            container.image.map(cloud.versionName) ?? container.digest.map(Cloud.short) ?? ""
        return .init(
            names: [cloud.shortName(of: id)],
            addresses: found.address.map { ["\($0)"] } ?? [],
            zones: [cloud.network.subnets[found.subnet].zone], status: found.status.rawValue,
            isWanted: found.isWanted, isHealthy: found.healthySince != nil, version: version,
            series: place.map { picture.repositories[$0.repository].images[$0.image].series },
            deployment: found.deployment.flatMap { deployments.firstIndex(of: $0) },
            targets: groups.map { group in
                found.targets.first {
                    cloud.balancing.targets.contains($0)
                        && cloud.balancing.targets[$0].group == group
                }.map { cloud.balancing.targets[$0].state.rawValue }
            }, share: 0)
    }

    /// Who answers a new request, over all nodes of the load balancer.
    private mutating func requestShares() -> [TaskID: Double] {
        guard let listener = watch.listener else { return [:] }
        let nodes = cloud.routes(to: watch.origin, at: listener)
        var shares: [TaskID: Double] = [:]
        var failing = 0.0
        for node in nodes {
            for share in node.shares {
                let part = share.probability / Double(max(1, nodes.count))
                if case .answered(let owner, let status) = share.reply,
                    watch.expected.contains(status)
                {
                    shares[TaskID(rawValue: owner), default: 0] += part
                } else {
                    failing += part
                }
            }
        }
        picture.failing = failing
        return shares
    }
}

extension Cloud {
    /// What people call an image: its label, or the first twelve digits of its digest.
    func versionName(of image: ImageID) -> String {
        let found = registry.images[image]
        return found.configuration.profile.version ?? Self.short(found.digest)
    }

    static func short(_ digest: String) -> String {
        String(digest.dropFirst("sha256:".count).prefix(12))
    }

    /// The first eight digits of a task's id, which people tell tasks apart by.
    func shortName(of id: TaskID) -> String {
        String(arn(id).split(separator: "/").last?.prefix(8) ?? "")
    }
}
