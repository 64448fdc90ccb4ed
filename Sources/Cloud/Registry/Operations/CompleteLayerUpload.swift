import CloudAPI

/// Source: ecr.md section 6.4. A refused upload stays open.
extension ECR.CompleteLayerUpload: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let (_, id) = try cloud.upload(of: self, as: caller)
        let digest = cloud.registry.bytes.digest(of: id)
        try cloud.check(self, of: digest, as: caller)

        cloud.registry.bytes.keep(id, as: digest)

        return try cloud.accept(self, of: digest, as: caller)
    }
}

extension Cloud {
    /// What `CompleteLayerUpload` would refuse, as far as it does not need the bytes' digest.
    /// Changes nothing.
    public func check(_ completion: ECR.CompleteLayerUpload, as caller: Caller) throws(APIFailure) {
        _ = try upload(of: completion, as: caller)
    }

    /// The same where the digest is known.
    public func check(
        _ completion: ECR.CompleteLayerUpload, of digest: String, as caller: Caller
    ) throws(APIFailure) {
        let (repository, _) = try upload(of: completion, as: caller)
        guard completion.layerDigests.contains(digest) else { throw .invalidLayer }
        guard registry.repositories[repository].blobs[digest] == nil else {
            throw .layerAlreadyExists(digest, in: registry.repositories[repository])
        }
    }

    /// Takes note of a layer whose bytes somebody else has and has found to have this digest.
    ///
    /// - Throws: What `CompleteLayerUpload` refuses.
    public mutating func accept(
        _ completion: ECR.CompleteLayerUpload, of digest: String, as caller: Caller
    ) throws(APIFailure) -> ECR.CompleteLayerUpload.Output {
        try check(completion, of: digest, as: caller)
        let (repository, id) = try upload(of: completion, as: caller)

        registry.repositories[repository].blobs[digest] = .init(
            sizeBytes: registry.uploads[id].sizeBytes)
        registry.remove(id, named: completion.uploadId)

        return .init(
            registryId: registry.repositories[repository].place.account,
            repositoryName: completion.repositoryName, uploadId: completion.uploadId,
            layerDigest: digest)
    }

    fileprivate func upload(
        of completion: ECR.CompleteLayerUpload, as caller: Caller
    ) throws(APIFailure) -> (RepositoryID, LayerUploadID) {
        let repository = try registry.find(
            completion.repositoryName, in: completion.registryId, for: caller,
            to: ECR.CompleteLayerUpload.name)
        try Registry.checkCount(completion.layerDigests.count, of: "layerDigests")
        let id = try registry.upload(completion.uploadId, to: repository)
        guard registry.uploads[id].sizeBytes > 0 else { throw .emptyUpload }
        guard !registry.uploads[id].hasSmallPart else { throw .layerPartTooSmall }
        return (repository, id)
    }
}
