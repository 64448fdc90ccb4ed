import CloudAPI

/// Without names all of them, ten at a time. Source: ecs.md sections 26, 27.1 and 31.1.
extension ECS.DescribeCapacityProviders: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let withTags = include?.contains(.tags) ?? false
        var members: [String]?
        if let cluster {
            members =
                cloud.containers.clusters[try cloud.cluster(cluster, for: caller)].capacityProviders
        }
        guard (capacityProviders ?? []).count <= 100 else {
            throw .tooMany("capacityProviders", limit: 100)
        }
        var output = Output(capacityProviders: [], failures: [])
        var names: [String] = []
        if let capacityProviders, !capacityProviders.isEmpty {
            for reference in capacityProviders {
                if let name = cloud.providerName(reference, for: caller),
                    cloud.isProvider(name, for: caller)
                {
                    names.append(name)
                } else {
                    output.failures!.append(.init(arn: reference, reason: "MISSING"))
                }
            }
            names.sort()
        } else {
            let own = cloud.containers.capacityProviderIDs.sorted
                .filter { $0.key.place == caller.place }.map(\.key.name)
            names = (Containers.fargateProviders + own).sorted()
        }
        names.removeAll { name in members.map { !$0.contains(name) } ?? false }
        let (items, next) = try page(
            names, by: { $0 }, token: nextToken, limit: min(maxResults ?? 10, 10))
        output.capacityProviders = items.map { name in
            cloud.findProvider(name, for: caller).map {
                ECS.CapacityProvider($0, in: cloud, withTags: withTags)
            } ?? ECS.CapacityProvider(fargate: name, in: caller.place)
        }
        output.nextToken = next
        return output
    }
}
