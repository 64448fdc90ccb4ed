import CloudAPI

/// Whether the registry could log in upstream. A rule without a secret has nothing to go wrong;
/// Drydock cannot try a secret, and says so.
extension ECR.ValidatePullThroughCacheRule: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let rule = try cloud.registry.cacheRule(ecrRepositoryPrefix, in: registryId, for: caller)
        return Output(
            ecrRepositoryPrefix: ecrRepositoryPrefix, registryId: rule.registryId,
            upstreamRegistryUrl: rule.upstreamRegistryUrl, credentialArn: rule.credentialArn,
            customRoleArn: rule.customRoleArn,
            upstreamRepositoryPrefix: rule.upstreamRepositoryPrefix,
            isValid: rule.credentialArn == nil,
            failure: rule.credentialArn.map { _ in
                "Drydock does not reach upstream registries, so it cannot try the secret."
            })
    }
}
