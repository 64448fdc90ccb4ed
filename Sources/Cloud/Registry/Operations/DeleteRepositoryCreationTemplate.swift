import CloudAPI

extension ECR.DeleteRepositoryCreationTemplate: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let template = cloud.registry.settings[caller.place]?.templates[prefix] else {
            throw .templateNotFound
        }

        cloud.registry.settings[caller.place]?.templates[prefix] = nil

        return Output(registryId: caller.place.account, repositoryCreationTemplate: template.shape)
    }
}
