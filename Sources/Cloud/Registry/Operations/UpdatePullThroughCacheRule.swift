import CloudAPI

extension ECR.UpdatePullThroughCacheRule: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        var rule = try cloud.registry.cacheRule(ecrRepositoryPrefix, in: registryId, for: caller)

        rule.credentialArn = credentialArn ?? rule.credentialArn
        rule.customRoleArn = customRoleArn ?? rule.customRoleArn
        rule.updatedAt = cloud.calendar(cloud.now)
        cloud.registry.settings[caller.place]?.cacheRules[ecrRepositoryPrefix] = Wired(rule)

        return Output(
            ecrRepositoryPrefix: ecrRepositoryPrefix, registryId: rule.registryId,
            updatedAt: rule.updatedAt, credentialArn: rule.credentialArn,
            customRoleArn: rule.customRoleArn,
            upstreamRepositoryPrefix: rule.upstreamRepositoryPrefix)
    }
}
