import CloudAPI

extension ECS.ListClusters: Handled {
    /// Only ACTIVE ones. Source: ecs.md section 3.5.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let active = cloud.containers.clusters(in: caller.place)
            .filter { cloud.containers.clusters[$0].isActive }
        let (ids, next) = try page(active, token: nextToken, limit: maxResults)
        return Output(clusterArns: ids.map { cloud.arn($0) }, nextToken: next)
    }
}
