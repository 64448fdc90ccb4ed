import CloudAPI

/// Source: ecr.md section 16.
extension ECR.CreateRepositoryCreationTemplate: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Registry.checkPrefix(prefix, of: "prefix", from: 1, to: 256)
        var template = ECR.RepositoryCreationTemplate(
            prefix: prefix, description: description,
            encryptionConfiguration: encryptionConfiguration ?? .init(encryptionType: .aes256),
            resourceTags: resourceTags, imageTagMutability: imageTagMutability ?? .mutable,
            imageTagMutabilityExclusionFilters: imageTagMutabilityExclusionFilters,
            repositoryPolicy: repositoryPolicy, lifecyclePolicy: lifecyclePolicy,
            appliedFor: appliedFor, customRoleArn: customRoleArn)
        try Registry.check(template)
        guard cloud.registry.settings[caller.place]?.templates[prefix] == nil else {
            throw .templateAlreadyExists
        }

        template.createdAt = cloud.calendar(cloud.now)
        template.updatedAt = template.createdAt
        cloud.registry.settings[caller.place, default: .init()].templates[prefix] = Wired(template)

        return Output(registryId: caller.place.account, repositoryCreationTemplate: template)
    }
}

extension Registry {
    /// What a repository of its own would be refused for.
    static func check(_ template: ECR.RepositoryCreationTemplate) throws(APIFailure) {
        try checkCount((template.appliedFor ?? []).count, of: "appliedFor", upTo: 3)
        let mutability = try Repository.Mutability(template.imageTagMutability ?? .mutable)
        _ = try mutability.exclusions(template.imageTagMutabilityExclusionFilters)
        _ = try [ResourceTag]().adding(template.resourceTags ?? [])
        if let policy = template.repositoryPolicy, !isPolicy(policy) {
            throw .registryParameter("PolicyText", "Invalid repository policy provided")
        }
        if let policy = template.lifecyclePolicy { _ = try LifecyclePolicy(policy) }
    }
}
