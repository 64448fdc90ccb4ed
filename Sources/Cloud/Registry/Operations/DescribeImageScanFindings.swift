import CloudAPI
import OrderedCollections

/// Source: ecr.md section 13. Drydock has no list of vulnerabilities, so none is found, and
/// `vulnerabilitySourceUpdatedAt` is left out.
extension ECR.DescribeImageScanFindings: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let id = try cloud.registry.image(imageId, in: repository)
        _ = try Registry.pageSize(maxResults)
        let image = cloud.registry.images[id]
        guard let scan = image.scan else {
            throw .scanNotFound(
                image, tag: imageId.imageTag, in: cloud.registry.repositories[repository])
        }
        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            imageId: .init(imageDigest: image.digest, imageTag: imageId.imageTag),
            imageScanStatus: .init(scan),
            imageScanFindings: scan.completedAt.map {
                ECR.ImageScanFindings(
                    imageScanCompletedAt: cloud.calendar($0), findingSeverityCounts: [:],
                    findings: [])
            })
    }
}
