import CloudAPI

/// The policy is checked and kept. Images do not expire yet.
extension ECR.PutLifecyclePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        _ = try Registry.LifecyclePolicy(lifecyclePolicyText)

        cloud.registry.repositories[id].lifecyclePolicy = lifecyclePolicyText

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            lifecyclePolicyText: lifecyclePolicyText)
    }
}
