import CloudAPI

/// What is left out stays as it was.
extension ECR.UpdateRepositoryCreationTemplate: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let before = cloud.registry.settings[caller.place]?.templates[prefix]?.shape else {
            throw .templateNotFound
        }
        var template = before
        template.description = description ?? before.description
        template.encryptionConfiguration = encryptionConfiguration ?? before.encryptionConfiguration
        template.resourceTags = resourceTags ?? before.resourceTags
        template.imageTagMutability = imageTagMutability ?? before.imageTagMutability
        template.imageTagMutabilityExclusionFilters =
            imageTagMutabilityExclusionFilters
            ?? (imageTagMutability == nil ? before.imageTagMutabilityExclusionFilters : nil)
        template.repositoryPolicy = repositoryPolicy ?? before.repositoryPolicy
        template.lifecyclePolicy = lifecyclePolicy ?? before.lifecyclePolicy
        template.appliedFor = appliedFor ?? before.appliedFor
        template.customRoleArn = customRoleArn ?? before.customRoleArn
        try Registry.check(template)

        template.updatedAt = cloud.calendar(cloud.now)
        cloud.registry.settings[caller.place]?.templates[prefix] = Wired(template)

        return Output(registryId: caller.place.account, repositoryCreationTemplate: template)
    }
}
