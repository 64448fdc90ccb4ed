import CloudAPI

/// Drydock has no container instances to be found.
extension ECS.UpdateContainerAgent: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.cluster(cluster, for: caller)
        throw .containerInstanceNotFound(containerInstance)
    }
}
