import CloudAPI

/// What an agent on an instance calls. Drydock runs no instances and says so, rather than let
/// someone wait for tasks on one.
extension ECS.RegisterContainerInstance: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.cluster(cluster, for: caller)
        throw .notBuilt("container instances")
    }
}
