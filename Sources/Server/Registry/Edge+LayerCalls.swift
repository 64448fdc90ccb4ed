import Cloud
import CloudAPI
import Digests

/// ECR's own calls that bring bytes: these go into the store, and the cloud gets to know what they
/// are.
extension Edge {
    /// - Returns: `nil` for any other call.
    /// - Throws: What AWS would answer.
    func performWithBytes(
        _ operation: any APIOperation, from sender: Sender
    ) async throws(APIFailure) -> (any Shape)? {
        do {
            switch operation {
            case let part as ECR.UploadLayerPart: return try await upload(part, sender)
            case let completion as ECR.CompleteLayerUpload:
                return try await complete(completion, sender)
            case let put as ECR.PutImage: return try await self.put(put, sender)
            default: return nil
            }
        } catch {
            throw APIFailure.ofStore(error)
        }
    }

    /// - Throws: What AWS would answer if it could not keep what it was given.
    func saveCall() async throws(APIFailure) {
        do {
            try await save()
        } catch {
            throw APIFailure.ofStore(error)
        }
    }

    private func upload(
        _ part: ECR.UploadLayerPart, _ sender: Sender
    ) async throws -> ECR.UploadLayerPart.Output {
        try await world.check(part, from: sender)
        guard let upload = try world.blobs.claim(part.uploadId) else {
            throw APIFailure.uploadInUse
        }
        defer { world.blobs.release(part.uploadId, upload) }
        do {
            // Another request may have added to it since.
            try await world.check(part, from: sender)
            try await BlobStore.away { try upload.append(part.layerPartBlob) }
            return try await world.accept(part, from: sender)
        } catch {
            if upload.isBroken { await world.drop(upload: part.uploadId) }
            throw error
        }
    }

    private func complete(
        _ completion: ECR.CompleteLayerUpload, _ sender: Sender
    ) async throws -> ECR.CompleteLayerUpload.Output {
        try await world.check(completion, from: sender)
        guard let upload = try world.blobs.claim(completion.uploadId) else {
            throw APIFailure.uploadInUse
        }
        defer { world.blobs.release(completion.uploadId, upload) }
        let blobs = world.blobs
        if blobs.isDurable { try await BlobStore.away { try upload.sync() } }
        let output = try await world.accept(completion, upload, from: sender)
        if blobs.isDurable { try await BlobStore.away { try blobs.syncPlaces() } }
        return output
    }

    private func put(_ put: ECR.PutImage, _ sender: Sender) async throws -> ECR.PutImage.Output {
        let (blobs, profiles) = (world.blobs, world.settings.profiles)
        let digest = SHA256.digest(of: put.imageManifest.utf8)
        let received = try await BlobStore.away {
            try ReceivedManifest(put, digest: digest, in: blobs, profiles)
        }
        do {
            let output = try await world.put(received, from: sender)
            if blobs.isDurable { try await BlobStore.away { try blobs.syncPlaces() } }
            return output
        } catch {
            if let bytes = received.bytes { blobs.drop(bytes) }
            throw error
        }
    }
}

extension World {
    func check(_ part: ECR.UploadLayerPart, from sender: Sender) throws(APIFailure) {
        try live.cloud.check(part, as: caller(of: sender))
    }

    func accept(
        _ part: ECR.UploadLayerPart, from sender: Sender
    ) throws(APIFailure) -> ECR.UploadLayerPart.Output {
        let caller = caller(of: sender)
        try checkWritable()
        let sizeBytes = part.layerPartBlob.count
        let output = try live.cloud.accept(part, sizeBytes: sizeBytes, as: caller)
        var bare = part
        bare.layerPartBlob = []
        try journal(.registry(.part(Wired(bare), sizeBytes: sizeBytes, by: caller)))
        return output
    }

    func check(_ completion: ECR.CompleteLayerUpload, from sender: Sender) throws(APIFailure) {
        try live.cloud.check(completion, as: caller(of: sender))
    }

    func accept(
        _ completion: ECR.CompleteLayerUpload, _ upload: BlobUpload, from sender: Sender
    ) throws -> ECR.CompleteLayerUpload.Output {
        let (caller, digest) = (caller(of: sender), upload.digest)
        try checkWritable()
        try live.cloud.check(completion, of: digest, as: caller)
        try blobs.place(upload, as: digest, named: completion.uploadId)
        let output = try live.cloud.accept(completion, of: digest, as: caller)
        try journal(.registry(.layer(Wired(completion), digest: digest, by: caller)))
        return output
    }

    func put(
        _ received: ReceivedManifest, from sender: Sender
    ) throws -> ECR.PutImage.Output {
        defer { setAlarm() }
        return try put(received, as: caller(of: sender))
    }

    /// Who sends a call, at the present instant.
    private func caller(of sender: Sender) -> Caller {
        catchUp()
        memory.forget(sender)
        meet(sender, for: .ecr)
        return live.caller
    }
}

extension APIFailure {
    /// Code: the model's for a fault of the server's; texts: ours.
    static func ofStore(_ error: any Error) -> APIFailure {
        (error as? APIFailure)
            ?? APIFailure(code: "ServerException", message: "\(error)", status: 500)
    }

    static let uploadInUse = APIFailure(
        code: "ServerException", message: "Another request is adding to this upload.", status: 500)
}
