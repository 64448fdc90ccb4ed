import CloudAPI

/// Source: ecr.md section 14.1.
extension ECR.DescribeRegistry: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        Output(
            registryId: caller.place.account,
            replicationConfiguration: cloud.registry.settings[caller.place]?.replication?.shape
                ?? .init(rules: []))
    }
}
