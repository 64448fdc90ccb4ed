import CloudAPI
import Simulation

public struct LayerUploadID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension Registry {
    /// A layer on its way in, part by part. Source: ecr.md section 6.
    struct LayerUpload: Sendable, Codable {
        let repository: RepositoryID
        var sizeBytes = 0
        var lastPartBytes = 0
        /// Whether a part that others followed was smaller than ``smallestPart``.
        var hasSmallPart = false
    }

    /// What AWS suggests as the size of a part. Source: ecr.md section 6.2.
    static let suggestedPart = 10_485_760
    /// Of every part but the last. Source: ecr.md section 6.3.
    static let smallestPart = 5_242_880
    static let largestPart = 20_971_520

    /// The upload that a call names; it must be one to this repository.
    func upload(_ name: String, to repository: RepositoryID) throws(APIFailure) -> LayerUploadID {
        guard let id = uploadIDs[name], uploads[id].repository == repository else {
            throw .uploadNotFound
        }
        return id
    }

    mutating func remove(_ upload: LayerUploadID, named name: String) {
        let repository = uploads[upload].repository
        repositories[repository].uploads.removeAll { $0 == upload }
        uploads.remove(upload)
        uploadIDs[name] = nil
        bytes.drop(upload)
    }
}

// MARK: - The way of docker

extension Cloud {
    /// How much of an upload has come; it may have come by either way.
    ///
    /// - Throws: If there is no such upload to this repository, or the caller may not use it.
    public func uploadedBytes(
        _ name: String, to repository: String, of account: String, as caller: Caller
    ) throws(APIFailure) -> Int {
        let id = try upload(name, to: repository, of: account, as: caller)
        return registry.uploads[id].sizeBytes
    }

    /// Takes note of how much of an upload has come. Parts that docker sends may be of any size.
    public mutating func setUploadedBytes(
        _ name: String, to repository: String, of account: String, sizeBytes: Int,
        as caller: Caller
    ) throws(APIFailure) {
        let id = try upload(name, to: repository, of: account, as: caller)

        registry.uploads[id].sizeBytes = sizeBytes
        registry.uploads[id].lastPartBytes = Registry.smallestPart
    }

    /// Takes note of a whole layer, whose bytes the edge has and has found to have this digest. One
    /// that is there already is no failure. Source: ecr.md section 5.14.
    public mutating func completeUpload(
        _ name: String, to repository: String, of account: String, digest: String, sizeBytes: Int,
        as caller: Caller
    ) throws(APIFailure) {
        let id = try upload(name, to: repository, of: account, as: caller)
        guard sizeBytes > 0 else { throw .emptyUpload }

        let home = registry.uploads[id].repository
        if registry.repositories[home].blobs[digest] == nil {
            registry.repositories[home].blobs[digest] = .init(sizeBytes: sizeBytes)
        }
        registry.remove(id, named: name)
    }

    /// Gives an upload up.
    public mutating func dropUpload(_ name: String) {
        if let id = registry.uploadIDs[name] { registry.remove(id, named: name) }
    }

    /// The uploads that are not complete.
    public var openUploads: Set<String> { Set(registry.uploads.map { self.name(of: $0.id) }) }

    private func upload(
        _ name: String, to repository: String, of account: String, as caller: Caller
    ) throws(APIFailure) -> LayerUploadID {
        let home = try registry.find(
            repository, in: account, for: caller, to: ECR.UploadLayerPart.name)
        return try registry.upload(name, to: home)
    }

    /// Lets a repository have a blob of another one without sending it again, if the account has
    /// `BLOB_MOUNTING` enabled. Source: ecr.md section 5.10.
    ///
    /// - Returns: Whether it has it now.
    public mutating func mountBlob(
        _ digest: String, from source: String, to repository: String, of account: String,
        as caller: Caller
    ) throws(APIFailure) -> Bool {
        let home = try registry.find(
            repository, in: account, for: caller, to: ECR.InitiateLayerUpload.name)
        let place = registry.repositories[home].place
        guard registry.settings[place]?.account["BLOB_MOUNTING"] == "ENABLED",
            let from = try? registry.find(
                source, in: account, for: caller, to: ECR.GetDownloadUrlForLayer.name),
            let blob = registry.repositories[from].blobs[digest]
        else { return false }

        if registry.repositories[home].blobs[digest] == nil {
            registry.repositories[home].blobs[digest] = .init(
                sizeBytes: blob.sizeBytes, mediaType: blob.mediaType,
                configuration: blob.configuration)
        }
        return true
    }
}

extension Cloud {
    /// A UUID. Source: ecr.md section 6.2.
    func name(of id: LayerUploadID) -> String {
        naming.uuid(UInt64(id.rawValue), .layerUpload)
    }
}
