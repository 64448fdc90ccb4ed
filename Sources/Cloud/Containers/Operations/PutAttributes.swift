import CloudAPI

/// Attributes belong to container instances, of which Drydock has none.
extension ECS.PutAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.cluster(cluster, for: caller)
        guard !attributes.isEmpty else { throw .attributesEmpty }
        guard attributes.count <= 10 else { throw .tooManyAttributes }
        throw .attributeTargetNotFound
    }
}
