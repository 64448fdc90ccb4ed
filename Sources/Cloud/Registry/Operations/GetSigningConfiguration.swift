import CloudAPI

extension ECR.GetSigningConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let kept = cloud.registry.settings[caller.place]?.signing else {
            throw .signingConfigurationNotFound
        }
        return Output(registryId: caller.place.account, signingConfiguration: kept.shape)
    }
}
