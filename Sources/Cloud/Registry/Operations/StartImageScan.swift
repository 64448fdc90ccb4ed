import CloudAPI

/// Source: ecr.md section 13.
extension ECR.StartImageScan: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let id = try cloud.registry.image(imageId, in: repository)
        guard cloud.registry.images[id].children.isEmpty else { throw .unsupportedImageType }
        guard cloud.registry.images[id].storage == .active else { throw .imageArchived }
        guard cloud.canScan(id) else { throw .scanQuotaExceeded }

        cloud.scan(id)

        let image = cloud.registry.images[id]
        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            imageId: .init(imageDigest: image.digest, imageTag: imageId.imageTag),
            imageScanStatus: image.scan.map { .init($0) })
    }
}
