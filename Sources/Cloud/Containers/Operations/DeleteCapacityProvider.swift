import CloudAPI

/// Source: ecs.md section 31.1. It is gone at once.
extension ECS.DeleteCapacityProvider: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let name = cloud.providerName(capacityProvider, for: caller) ?? ""
        if Containers.fargateProviders.contains(name) { throw .capacityProviderReserved }
        guard let id = cloud.findProvider(capacityProvider, for: caller) else {
            throw .capacityProviderUnknown
        }
        for cluster in cloud.containers.clusters(in: caller.place)
        where cloud.containers.clusters[cluster].isActive
            && cloud.containers.clusters[cluster].capacityProviders.contains(name)
        {
            throw .capacityProviderOfCluster(cloud.containers.clusters[cluster].name)
        }

        var described = ECS.CapacityProvider(id, in: cloud)
        described.status = .inactive
        described.updateStatus = .deleteComplete
        cloud.containers.capacityProviders.remove(id)
        cloud.containers.capacityProviderIDs[PlacedName(name, in: caller.place)] = nil

        return Output(capacityProvider: described)
    }
}
