import CloudAPI

extension ECR.PutImage: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        if let imageTag { try checkTag(imageTag) }
        let manifest = try Registry.Manifest(imageManifest, mediaType: imageManifestMediaType)
        let image = try cloud.registry.image(imageManifest, manifest, in: repository, at: cloud.now)
        if let imageDigest, imageDigest != image.digest { throw .imageDigestDoesNotMatch }
        let known = try sameImage(as: image, in: cloud.registry.repositories[repository])

        let id = known ?? cloud.registry.add(image, of: manifest)
        if let imageTag { cloud.registry.point(imageTag, to: id) }
        if known == nil { cloud.scanOnPush(id) }
        cloud.replicate(id)
        cloud.planLifecycle(of: repository)
        cloud.record(.registry(.repositoryChanged(repository)))

        return Output(image: ECR.Image(id, tag: imageTag, in: cloud))
    }

    /// Source of the pattern: ecr.md section 1.6; the text: assumed.
    private func checkTag(_ tag: String) throws(APIFailure) {
        guard Registry.isTag(tag) else {
            throw .registryParameter(
                "imageTag", "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'")
        }
    }

    /// The image that was pushed before with the same manifest; `nil` if there is none.
    ///
    /// - Throws: If nothing would change, or if a tag would move that must not.
    ///   Source: ecr.md sections 7.4 and 10.1.
    private func sameImage(
        as image: Registry.Image, in repository: Registry.Repository
    ) throws(APIFailure) -> ImageID? {
        let known = repository.imageByDigest[image.digest]
        let tagged = imageTag.flatMap { repository.imageByTag[$0] }
        if let known, imageTag == nil || tagged == known {
            throw .imageAlreadyExists(image.digest, tag: imageTag, in: repository)
        }
        if let imageTag, tagged != nil, !repository.isMovable(imageTag) {
            throw .imageTagAlreadyExists(imageTag, in: repository.name)
        }
        return known
    }
}
