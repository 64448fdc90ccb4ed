import CloudAPI

/// The policy acts within a day, and then once a day. Source: ecr.md section 11.6.
extension ECR.PutLifecyclePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        _ = try Registry.LifecyclePolicy(lifecyclePolicyText)

        cloud.registry.repositories[id].lifecyclePolicy = lifecyclePolicyText
        cloud.registry.repositories[id].lifecycle.startedAt = cloud.now
        cloud.registry.repositories[id].lifecycle.dueAt = nil
        cloud.registry.repositories[id].lifecycle.turn &+= 1
        cloud.planLifecycle(of: id)
        cloud.record(.registry(.repositoryChanged(id)))

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            lifecyclePolicyText: lifecyclePolicyText)
    }
}
