import CloudAPI

/// By tag the tag goes, and with its last tag the image; by digest the image with all its tags.
/// Source: ecr.md section 9.
extension ECR.BatchDeleteImage: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        try Registry.checkCount(imageIds.count, of: "imageIds")

        let before = cloud.registry.repositories[repository].images.count
        var output = Output(imageIds: [], failures: [])
        for imageId in imageIds {
            switch cloud.registry.delete(imageId, in: repository) {
            case .removed(let gone): output.imageIds?.append(contentsOf: gone)
            case .failed(let code, let reason):
                output.failures?.append(
                    .init(imageId: imageId, failureCode: code, failureReason: reason))
            }
        }
        cloud.planLifecycle(of: repository)
        if output.imageIds?.isEmpty == false {
            cloud.record(.registry(.repositoryChanged(repository)))
        }
        if cloud.registry.repositories[repository].images.count < before {
            cloud.record(.registry(.imagesDeleted(repository)))
        }
        return output
    }
}

extension Registry {
    fileprivate enum Deletion {
        case removed([ECR.ImageIdentifier])
        case failed(ECR.ImageFailureCode, reason: String)
    }

    fileprivate mutating func delete(
        _ imageId: ECR.ImageIdentifier, in repository: RepositoryID
    ) -> Deletion {
        let id: ImageID
        switch select(imageId, in: repository) {
        case .found(let found): id = found
        case .failed(let code, let reason): return .failed(code, reason: reason)
        }
        let image = images[id]
        if let tag = imageId.imageTag, image.tags.count > 1 {
            untag(tag, in: repository)
            return .removed([.init(imageDigest: image.digest, imageTag: tag)])
        }
        guard image.parents.isEmpty else {
            let digests = image.parents.map { images[$0].digest }.joined(separator: ", ")
            return .failed(
                .imageReferencedByManifestList,
                reason: "Requested image referenced by manifest list: [\(digests)]")
        }
        delete(id)
        let tags: [String?] = image.tags.isEmpty ? [nil] : image.tags
        return .removed(tags.map { .init(imageDigest: image.digest, imageTag: $0) })
    }
}
