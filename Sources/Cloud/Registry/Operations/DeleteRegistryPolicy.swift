import CloudAPI

extension ECR.DeleteRegistryPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let policy = cloud.registry.settings[caller.place]?.policy else {
            throw .registryPolicyNotFound(in: caller.place.account)
        }

        cloud.registry.settings[caller.place]?.policy = nil

        return Output(registryId: caller.place.account, policyText: policy)
    }
}
