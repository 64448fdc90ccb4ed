import CloudAPI

extension ECR.GetRegistryScanningConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let kept = cloud.registry.settings[caller.place]?.scanning?.shape
        return Output(
            registryId: caller.place.account,
            scanningConfiguration: kept ?? .init(scanType: .basic, rules: []))
    }
}
