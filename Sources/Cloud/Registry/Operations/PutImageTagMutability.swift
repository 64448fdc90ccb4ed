import CloudAPI

/// What was pushed before stays as it is. Source: ecr.md section 10.4.
extension ECR.PutImageTagMutability: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let mutability = try Registry.Repository.Mutability(imageTagMutability)
        let exclusions = try mutability.exclusions(imageTagMutabilityExclusionFilters)

        cloud.registry.repositories[id].mutability = mutability
        cloud.registry.repositories[id].exclusions = exclusions
        cloud.record(.registry(.repositoryChanged(id)))

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            imageTagMutability: .init(mutability),
            imageTagMutabilityExclusionFilters: .init(exclusions: exclusions))
    }
}
