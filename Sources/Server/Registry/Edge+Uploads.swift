import Cloud
import CloudAPI
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Layers on their way in. Source: OCI Distribution Specification 1.1, "Push"; ecr.md section 5.10.
extension Edge {
    /// Begins an upload, unless the blob need not be sent or has been sent with the request.
    func start(
        in name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        if let digest = request.query["mount"] {
            guard RegistryRoute.isDigest(digest) else { throw RegistryRefusal.noDigest }
            let source = request.query["from"] ?? ""
            if try await world.mount(digest, from: source, to: name, for: visitor) {
                return placed(digest, in: name, request)
            }
        }
        let id = try await world.startUpload(in: name, for: visitor)
        if request.query["digest"] != nil {
            return try await finish(id, in: name, request, visitor)
        }
        return underway(id, in: name, sizeBytes: 0, status: 202, request)
    }

    /// Takes a chunk, or the whole layer as a stream.
    func append(
        to id: String, in name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        let size = try await receiving(id, in: name, visitor) { upload in
            try await receive(request, into: upload)
            return upload.sizeBytes
        }
        return underway(id, in: name, sizeBytes: size, status: 202, request)
    }

    /// Takes what is still missing of a layer, and gives it its place.
    func finish(
        _ id: String, in name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        guard let digest = request.query["digest"], RegistryRoute.isDigest(digest) else {
            throw RegistryRefusal.noDigest
        }
        let blobs = world.blobs
        try await receiving(id, in: name, visitor) { upload in
            try await receive(request, into: upload)
            guard upload.digest == digest else {
                // Whatever it is, it is not what the client means, and never will be.
                await world.drop(upload: id)
                throw RegistryRefusal.digestInvalid
            }
            if blobs.isDurable { try await BlobStore.away { try upload.sync() } }
            try await world.complete(id, upload, as: digest, in: name, for: visitor)
            if blobs.isDurable { try await BlobStore.away { try blobs.syncPlaces() } }
        }
        return placed(digest, in: name, request)
    }

    func status(
        of id: String, in name: String, _ visitor: RegistryVisitor
    ) async throws -> Response {
        let size = try await world.uploadedBytes(id, in: name, for: visitor)
        return .registry(
            204, [.location: "/v2/\(name)/blobs/uploads/\(id)", .range: range(size), .uploadID: id])
    }

    func cancel(
        _ id: String, in name: String, _ visitor: RegistryVisitor
    ) async throws -> Response {
        _ = try await world.uploadedBytes(id, in: name, for: visitor)
        await world.drop(upload: id)
        return .registry(204)
    }

    // MARK: bytes

    /// Does something with an upload while nobody else does. However it ends, the cloud knows how
    /// much has come.
    private func receiving<T: Sendable>(
        _ id: String, in name: String, _ visitor: RegistryVisitor,
        _ work: (BlobUpload) async throws -> T
    ) async throws -> T {
        _ = try await world.uploadedBytes(id, in: name, for: visitor)
        guard let upload = try world.blobs.claim(id) else { throw RegistryRefusal.uploadInUse }
        let result: Result<T, any Error>
        do {
            result = .success(try await work(upload))
        } catch {
            result = .failure(error)
        }
        world.blobs.release(id, upload)
        if upload.isBroken {
            await world.drop(upload: id)
        } else {
            await world.note(id, sizeBytes: upload.sizeBytes, in: name, for: visitor)
        }
        return try result.get()
    }

    /// Source: ecr.md section 6.6.
    private static let mostBytes = 52_000 << 20
    /// So many bytes are written at once: each writing is a change of threads.
    private static let batchBytes = 1 << 19

    /// Writes the body of a request as it comes. What is not written yet is never more than a few
    /// batches, because the client is not read from meanwhile.
    private func receive(_ request: RegistryRequest, into upload: BlobUpload) async throws {
        let wanted = try expected(request, after: upload.sizeBytes)
        var (batch, count, total) = ([ByteBuffer](), 0, 0)
        var broken: (any Error)?
        do {
            for try await buffer in request.request.body {
                batch.append(buffer)
                count += buffer.readableBytes
                total += buffer.readableBytes
                guard upload.sizeBytes + count <= Self.mostBytes else {
                    throw RegistryRefusal.layerTooLarge
                }
                if count >= Self.batchBytes {
                    let full = batch
                    (batch, count) = ([], 0)
                    try await BlobStore.away { try upload.append(full) }
                }
            }
        } catch {
            // What came before the connection broke need not come again.
            broken = error
        }
        let rest = batch
        if count > 0, !upload.isBroken {
            try await BlobStore.away { try upload.append(rest) }
        }
        if let broken { throw broken }
        if let wanted, wanted != total { throw RegistryRefusal.sizeInvalid }
    }

    /// How many bytes a request says that it brings; `nil` if it does not say.
    private func expected(_ request: RegistryRequest, after size: Int) throws -> Int? {
        let length = request.request.headers[.contentLength].flatMap { Int($0) }
        guard let range = request.request.headers[.contentRange] else { return length }
        let ends = range.drop { !$0.isNumber }.prefix { $0 != "/" }.split(separator: "-")
        guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), first <= last,
            first == size
        else { throw RegistryRefusal.outOfOrder }
        guard length == nil || length == last - first + 1 else { throw RegistryRefusal.sizeInvalid }
        return last - first + 1
    }

    // MARK: answers

    private func underway(
        _ id: String, in name: String, sizeBytes: Int, status: Int, _ request: RegistryRequest
    ) -> Response {
        .registry(
            status,
            [
                .location: "\(request.target.origin)/v2/\(name)/blobs/uploads/\(id)",
                .range: range(sizeBytes), .uploadID: id,
            ])
    }

    /// Of nothing it is the same as of one byte. Source: ecr.md section 5.10.
    private func range(_ size: Int) -> String { "0-\(max(0, size - 1))" }

    private func placed(
        _ digest: String, in name: String, _ request: RegistryRequest
    ) -> Response {
        .registry(
            201,
            [
                .location: "\(request.target.origin)/v2/\(name)/blobs/\(digest)",
                .contentDigest: digest,
            ])
    }
}
