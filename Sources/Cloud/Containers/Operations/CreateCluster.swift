import CloudAPI

extension ECS.CreateCluster: Handled {
    /// Creating an ACTIVE cluster again answers the one that is there; an INACTIVE one makes room
    /// for a fresh one. Source: ecs.md section 3.4.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let name = clusterName ?? "default"
        guard isContainersName(name) else { throw .clusterNameInvalid }
        let key = PlacedName(name, in: caller.place)
        if let existing = cloud.containers.clusterIDs[key],
            cloud.containers.clusters[existing].isActive
        {
            return Output(cluster: ECS.Cluster(existing, in: cloud))
        }

        let providers = capacityProviders ?? []
        let strategy = try cloud.strategy(
            defaultCapacityProviderStrategy ?? [], among: providers, for: caller)
        try cloud.checkInsights(settings ?? [])

        var cluster = Containers.Cluster(place: caller.place, name: name, createdAt: cloud.now)
        cluster.tags = (tags ?? []).map(ResourceTag.init)
        cluster.capacityProviders = providers
        cluster.defaultStrategy = strategy
        cluster.configuration = configuration.map { Wired($0) }
        cluster.serviceConnectNamespace = serviceConnectDefaults?.namespace
        cluster.containerInsights =
            settings?.first { $0.name == .containerInsights }?.value
            ?? cloud.accountSetting(.containerInsights, of: caller.arn, in: caller.place)
        let id = cloud.containers.clusters.insert(cluster)
        cloud.containers.clusterIDs[key] = id
        cloud.containers.clustersByPlace[caller.place, default: []].append(id)

        return Output(
            cluster: ECS.Cluster(id, in: cloud, include: [.settings, .tags, .configurations]))
    }
}

/// 1 to 255 letters, digits, `-` and `_`: names of clusters, services, families and containers.
/// Source: ecs.md section 2.7.
func isContainersName(_ name: String) -> Bool {
    (1...255).contains(name.utf8.count)
        && name.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
}
