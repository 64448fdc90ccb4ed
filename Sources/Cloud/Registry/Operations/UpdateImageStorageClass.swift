import CloudAPI

/// To the archive at once, back from it after a while. Source: ecr.md section 17. That the class an
/// image has already is refused, and an image that an index lists: assumed.
extension ECR.UpdateImageStorageClass: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let id = try cloud.registry.image(imageId, in: repository)
        let image = cloud.registry.images[id]
        switch targetStorageClass {
        case .archive:
            guard image.storage == .active, image.parents.isEmpty else {
                throw .storageClassNotSupported
            }
            cloud.archive(id)
            cloud.planLifecycle(of: repository)
        case .standard:
            guard image.storage == .archived else { throw .storageClassNotSupported }
            cloud.restore(id)
        default:
            throw .registryParameter(
                "targetStorageClass", "Member must satisfy enum value set: [STANDARD, ARCHIVE]")
        }
        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            imageId: .init(imageDigest: image.digest, imageTag: imageId.imageTag),
            imageStatus: .init(rawValue: cloud.registry.images[id].storage.rawValue))
    }
}
