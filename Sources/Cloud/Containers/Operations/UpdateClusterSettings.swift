import CloudAPI

extension ECS.UpdateClusterSettings: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.cluster(cluster, for: caller)
        try cloud.checkInsights(settings)

        if let value = settings.first(where: { $0.name == .containerInsights })?.value {
            cloud.containers.clusters[id].containerInsights = value
        }
        return Output(cluster: ECS.Cluster(id, in: cloud, include: [.settings]))
    }
}
