import CloudAPI

extension ECR.DeleteLifecyclePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        guard let policy = cloud.registry.repositories[id].lifecyclePolicy else {
            throw .lifecyclePolicyNotFound(repositoryName, in: caller.place.account)
        }

        cloud.registry.repositories[id].lifecyclePolicy = nil
        cloud.registry.repositories[id].lifecycle.dueAt = nil
        cloud.registry.repositories[id].lifecycle.turn &+= 1
        cloud.record(.registry(.repositoryChanged(id)))

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            lifecyclePolicyText: policy,
            lastEvaluatedAt: cloud.lifecycleEvaluatedAt(id).map { cloud.calendar($0) })
    }
}
