import CloudAPI

/// Attributes belong to container instances, of which Drydock has none.
extension ECS.ListAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.cluster(cluster, for: caller)
        _ = try lastOfPage(nextToken)
        return Output(attributes: [])
    }
}
