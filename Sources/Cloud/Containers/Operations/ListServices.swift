import CloudAPI

extension ECS.ListServices: Handled {
    /// Ten at a time unless asked otherwise, and only ACTIVE ones.
    /// Source: ecs.md sections 12.17 and 27.1.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        let active = cloud.containers.clusters[cluster].serviceIDs.sorted.map(\.value).filter {
            let service = cloud.containers.services[$0]
            let fits = launchType == nil || service.settings.launchType == launchType?.rawValue
            return service.status == .active && fits && schedulingStrategy != .daemon
        }
        let services = cloud.containers.services
        let (ids, next) = try page(
            active, by: { services[$0].name }, token: nextToken, limit: maxResults, standard: 10)
        return Output(serviceArns: ids.map { cloud.arn($0) }, nextToken: next)
    }
}
