import CloudAPI

extension ECR.PutImageScanningConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)

        let scansOnPush = imageScanningConfiguration.scanOnPush ?? false
        cloud.registry.repositories[id].scansOnPush = scansOnPush
        cloud.record(.registry(.repositoryChanged(id)))

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            imageScanningConfiguration: .init(scanOnPush: scansOnPush))
    }
}
