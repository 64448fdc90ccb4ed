import CloudAPI

/// Each one asked for is among the failures. Source: ecs.md section 26.
extension ECS.UpdateContainerInstancesState: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard [.active, .draining].contains(status) else { throw .containerInstanceStatusInvalid }
        guard !containerInstances.isEmpty else { throw .containerInstancesEmpty }
        guard containerInstances.count <= 10 else {
            throw .tooMany("containerInstances", limit: 10)
        }
        return Output(
            containerInstances: [],
            failures: cloud.missingInstances(containerInstances, in: cluster))
    }
}
