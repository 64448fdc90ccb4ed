import CloudAPI

/// Source: ecr.md section 11.8.
extension ECR.StartLifecyclePolicyPreview: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let repository = cloud.registry.repositories[id]
        guard let text = lifecyclePolicyText ?? repository.lifecyclePolicy else {
            throw .lifecyclePolicyNotFound(repositoryName, in: caller.place.account)
        }
        _ = try Registry.LifecyclePolicy(text)
        if let preview = repository.preview, preview.verdicts == nil { throw .previewInProgress }

        cloud.beginPreview(of: text, in: id)

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            lifecyclePolicyText: text, status: .inProgress)
    }
}
