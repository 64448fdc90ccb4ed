import CloudAPI

extension ECR.DeleteSigningConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let kept = cloud.registry.settings[caller.place]?.signing else {
            throw .signingConfigurationNotFound
        }

        cloud.registry.settings[caller.place]?.signing = nil

        return Output(registryId: caller.place.account, signingConfiguration: kept.shape)
    }
}
