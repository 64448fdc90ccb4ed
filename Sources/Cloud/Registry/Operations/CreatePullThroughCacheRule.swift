import CloudAPI

/// The rule is kept. Pulls through it find nothing, because nothing is fetched from the network.
/// Source: ecr.md section 15.
extension ECR.CreatePullThroughCacheRule: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try Registry.account(registryId, for: caller)
        try Registry.checkPrefix(
            ecrRepositoryPrefix, of: "ecrRepositoryPrefix", from: 2, to: 30)
        guard
            let upstream = Registry.upstream(of: upstreamRegistryUrl, in: caller.place),
            upstreamRegistry == nil || upstreamRegistry == upstream
        else { throw .unsupportedUpstream }
        if Registry.upstreamsWithSecret.contains(upstream), credentialArn == nil {
            // Assumed.
            throw .registryParameter("credentialArn", "Member must not be null")
        }
        let rules = cloud.registrySettings(of: caller.place).cacheRules
        guard rules[ecrRepositoryPrefix] == nil else { throw .cacheRuleAlreadyExists }
        guard rules.count < 50 else { throw .registryLimitExceeded }

        let rule = ECR.PullThroughCacheRule(
            ecrRepositoryPrefix: ecrRepositoryPrefix, upstreamRegistryUrl: upstreamRegistryUrl,
            createdAt: cloud.calendar(cloud.now), registryId: caller.place.account,
            credentialArn: credentialArn, customRoleArn: customRoleArn,
            upstreamRepositoryPrefix: upstreamRepositoryPrefix ?? "ROOT",
            upstreamRegistry: upstream, updatedAt: cloud.calendar(cloud.now))
        cloud.registry.settings[caller.place, default: .init()]
            .cacheRules[ecrRepositoryPrefix] = Wired(rule)

        return Output(
            ecrRepositoryPrefix: ecrRepositoryPrefix, upstreamRegistryUrl: upstreamRegistryUrl,
            createdAt: rule.createdAt, registryId: rule.registryId, upstreamRegistry: upstream,
            credentialArn: credentialArn, customRoleArn: customRoleArn,
            upstreamRepositoryPrefix: rule.upstreamRepositoryPrefix)
    }
}
