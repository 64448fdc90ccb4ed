import CloudAPI

/// Both lists replace what was there. Source: ecs.md section 31.
extension ECS.PutClusterCapacityProviders: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.cluster(cluster, for: caller)
        let strategy = try cloud.strategy(
            defaultCapacityProviderStrategy, among: capacityProviders, for: caller)

        cloud.containers.clusters[id].capacityProviders = capacityProviders.compactMap {
            cloud.providerName($0, for: caller)
        }
        cloud.containers.clusters[id].defaultStrategy = strategy

        return Output(cluster: ECS.Cluster(id, in: cloud, include: [.settings, .tags]))
    }
}
