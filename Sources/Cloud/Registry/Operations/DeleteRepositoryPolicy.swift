import CloudAPI

extension ECR.DeleteRepositoryPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        guard let policy = cloud.registry.repositories[id].policy else {
            throw .repositoryPolicyNotFound(repositoryName, in: caller.place.account)
        }

        cloud.registry.repositories[id].policy = nil
        cloud.record(.registry(.repositoryChanged(id)))

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName, policyText: policy)
    }
}
