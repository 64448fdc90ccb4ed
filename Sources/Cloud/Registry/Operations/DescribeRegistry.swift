import CloudAPI

/// Drydock replicates nothing, so there are no rules.
extension ECR.DescribeRegistry: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        Output(registryId: caller.place.account, replicationConfiguration: .init(rules: []))
    }
}
