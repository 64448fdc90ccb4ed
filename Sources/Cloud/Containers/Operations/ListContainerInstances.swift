import CloudAPI

/// Drydock has no container instances.
extension ECS.ListContainerInstances: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.cluster(cluster, for: caller)
        _ = try lastOfPage(nextToken)
        return Output(containerInstanceArns: [])
    }
}
