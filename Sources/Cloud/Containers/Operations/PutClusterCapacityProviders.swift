import CloudAPI

/// Both lists replace what was there. Source: ecs.md section 31.
extension ECS.PutClusterCapacityProviders: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.cluster(cluster, for: caller)
        let strategy = try cloud.strategy(
            defaultCapacityProviderStrategy, among: capacityProviders, for: caller)
        let names = capacityProviders.compactMap { cloud.providerName($0, for: caller) }
        let used = cloud.providersInUse(in: id)
        for name in cloud.containers.clusters[id].capacityProviders
        where !names.contains(name) && used.contains(name) {
            throw .capacityProviderInUse
        }

        cloud.containers.clusters[id].capacityProviders = names
        cloud.containers.clusters[id].defaultStrategy = strategy

        return Output(cluster: ECS.Cluster(id, in: cloud, include: [.settings, .tags]))
    }
}

extension Cloud {
    /// The capacity providers that services of a cluster name, or that run tasks there.
    fileprivate func providersInUse(in id: ClusterID) -> [String] {
        var used = containers.clusters[id].standaloneTasks.filter {
            containers.tasks[$0].status != .stopped
        }.compactMap { containers.providers[$0] }
        for (_, service) in containers.clusters[id].serviceIDs.sorted
        where containers.services[service].status != .inactive {
            used += containers.services[service].settings.strategy.map(\.provider)
            used += containers.services[service].tasks.compactMap { containers.providers[$0] }
        }
        return used
    }
}
