import CloudAPI

/// Source: ecr.md section 6.4. A refused upload stays open.
extension ECR.CompleteLayerUpload: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        try Registry.checkCount(layerDigests.count, of: "layerDigests")
        let id = try cloud.registry.upload(uploadId, to: repository)
        let upload = cloud.registry.uploads[id]
        guard upload.sizeBytes > 0 else { throw .emptyUpload }
        guard !upload.hasSmallPart else { throw .layerPartTooSmall }
        let digest = cloud.registry.bytes.digest(of: id)
        guard layerDigests.contains(digest) else { throw .invalidLayer }
        guard cloud.registry.repositories[repository].blobs[digest] == nil else {
            throw .layerAlreadyExists(digest, in: cloud.registry.repositories[repository])
        }

        cloud.registry.bytes.keep(id, as: digest)
        cloud.registry.repositories[repository].blobs[digest] = .init(sizeBytes: upload.sizeBytes)
        cloud.registry.remove(id, named: uploadId)

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName, uploadId: uploadId,
            layerDigest: digest)
    }
}
