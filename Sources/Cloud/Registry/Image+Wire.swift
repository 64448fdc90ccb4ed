import CloudAPI

extension ECR.Image {
    /// - Parameter tag: The tag under which it was asked for, or which was given to it.
    init(_ id: ImageID, tag: String?, in cloud: borrowing Cloud) {
        let image = cloud.registry.images[id]
        let repository = cloud.registry.repositories[image.repository]
        self.init(
            registryId: repository.place.account, repositoryName: repository.name,
            imageId: .init(imageDigest: image.digest, imageTag: tag), imageManifest: image.manifest,
            imageManifestMediaType: image.mediaType)
    }
}

extension ECR.ImageDetail {
    /// Source: ecr.md section 8.3. The state of a scan is not in it: section 13.5.
    init(_ id: ImageID, in cloud: borrowing Cloud) {
        let image = cloud.registry.images[id]
        let repository = cloud.registry.repositories[image.repository]
        self.init(
            registryId: repository.place.account, repositoryName: repository.name,
            imageDigest: image.digest, imageTags: image.tags.isEmpty ? nil : image.tags,
            imageSizeInBytes: image.sizeBytes, imagePushedAt: cloud.calendar(image.pushedAt),
            imageManifestMediaType: image.mediaType, artifactMediaType: image.artifactMediaType,
            lastRecordedPullTime: image.lastPulledAt.map { cloud.calendar($0) },
            subjectManifestDigest: image.subjectDigest,
            imageStatus: .init(rawValue: image.storage.rawValue),
            lastArchivedAt: image.archivedAt.map { cloud.calendar($0) },
            lastActivatedAt: image.activatedAt.map { cloud.calendar($0) })
    }
}
