import CloudAPI

extension ECR.DeletePullThroughCacheRule: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let rule = try cloud.registry.cacheRule(ecrRepositoryPrefix, in: registryId, for: caller)

        cloud.registry.settings[caller.place]?.cacheRules[ecrRepositoryPrefix] = nil

        return Output(
            ecrRepositoryPrefix: ecrRepositoryPrefix, upstreamRegistryUrl: rule.upstreamRegistryUrl,
            createdAt: rule.createdAt, registryId: rule.registryId,
            credentialArn: rule.credentialArn, customRoleArn: rule.customRoleArn,
            upstreamRepositoryPrefix: rule.upstreamRepositoryPrefix)
    }
}
