import CloudAPI

extension ECR.GetRegistryPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let policy = cloud.registry.policies[caller.place] else {
            throw .registryPolicyNotFound(in: caller.place.account)
        }
        return Output(registryId: caller.place.account, policyText: policy)
    }
}
