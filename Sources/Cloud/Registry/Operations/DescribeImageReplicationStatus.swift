import CloudAPI

/// Source: ecr.md section 14.4.
extension ECR.DescribeImageReplicationStatus: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let id = try cloud.registry.image(imageId, in: repository)
        return Output(
            repositoryName: repositoryName,
            imageId: .init(
                imageDigest: cloud.registry.images[id].digest, imageTag: imageId.imageTag),
            replicationStatuses: cloud.registry.images[id].replications.map {
                .init(
                    region: $0.destination.region, registryId: $0.destination.account,
                    status: .init(rawValue: $0.status.rawValue), failureCode: $0.failureCode)
            })
    }
}
