import CloudAPI

/// Services with the controller ECS have no task sets: those asked for are among the failures.
/// Source: ecs.md sections 23 and 26.
extension ECS.DescribeTaskSets: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.activeService(service, in: cluster, for: caller)
        let prefix = cloud.taskSetARNPrefix(id)
        return Output(
            taskSets: [],
            failures: (taskSets ?? []).map {
                ECS.Failure(arn: $0.hasPrefix("arn:") ? $0 : prefix + $0, reason: "MISSING")
            })
    }
}

extension Cloud {
    /// Source of the form: ecs.md section 2.1.
    fileprivate func taskSetARNPrefix(_ id: ServiceID) -> String {
        let cluster = containers.clusters[containers.services[id].cluster]
        return "arn:aws:ecs:\(cluster.place.region):\(cluster.place.account):task-set/"
            + "\(cluster.name)/\(containers.services[id].name)/"
    }
}
