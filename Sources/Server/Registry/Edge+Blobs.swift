import Cloud
import CloudAPI
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Layers on their way out.
extension Edge {
    /// Says that a layer is there, or where its bytes are to be had. Source: ecr.md section 5.8.
    func blob(
        _ digest: String, in name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        guard RegistryRoute.isDigest(digest) else { throw RegistryRefusal.noDigest }
        let isPull = request.method == .get
        let (blob, path) = try await world.blob(digest, in: name, isPull: isPull, for: visitor)
        if isPull {
            return .registry(
                307, [.location: request.target.origin + path, .contentDigest: digest])
        }
        var response = Response.registry(
            200,
            [
                .contentType: "application/octet-stream", .contentDigest: digest,
                .acceptRanges: "bytes",
            ])
        // What stands for more than there is of it is as long as what can be had.
        let sizeBytes = world.blobs.sizeBytes(ofBlob: digest) ?? blob.sizeBytes
        response.headers[.contentLength] = "\(sizeBytes)"
        return response
    }

    /// Gives out the bytes of a layer, or a range of them, to whoever has an address that
    /// `GetDownloadUrlForLayer` or the registry gave out. The address says for itself who may use
    /// it, so nothing else is asked for.
    func layer(
        _ digest: String, in name: String, _ request: RegistryRequest
    ) async throws -> Response {
        guard RegistryRoute.isDigest(digest),
            await world.isAddress(request.target.query, of: digest, in: name)
        else {
            throw RegistryRefusal(
                403, "DENIED", "The address is not one that was given out, or an hour is over.")
        }
        guard let file = world.blobs.open(digest) else { throw RegistryRefusal.blobUnknown }
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .acceptRanges: "bytes",
            .contentDigest: digest, .eTag: "\"\(digest)\"",
        ]
        let whole = 0..<file.sizeBytes
        switch ByteRange(request.request.headers[.range], of: file.sizeBytes) {
        case .whole: return bytes(of: file, whole, status: 200, headers)
        case .part(let part):
            headers[.contentRange] =
                "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(file.sizeBytes)"
            return bytes(of: file, part, status: 206, headers)
        case .outside:
            return .registry(416, [.contentRange: "bytes */\(file.sizeBytes)"])
        }
    }

    /// So many bytes are in memory at a time, for each client.
    private static let chunkBytes = 1 << 18

    private func bytes(
        of file: BlobFile, _ range: Range<Int>, status: Int, _ headers: HTTPFields
    ) -> Response {
        Response(
            status: .init(code: status), headers: headers,
            body: ResponseBody(contentLength: range.count) { writer in
                var at = range.lowerBound
                while at < range.upperBound {
                    let (from, count) = (at, min(Self.chunkBytes, range.upperBound - at))
                    let chunk = try await BlobStore.away { try file.read(count, from: from) }
                    // A file never gets shorter.
                    guard chunk.readableBytes > 0 else { throw ConnectionEnded() }
                    at += chunk.readableBytes
                    try await writer.write(chunk)
                }
                try await writer.finish(nil)
            })
    }
}

/// Which bytes a client wants. Source: RFC 9110 section 14; several ranges at once are answered
/// with the whole, as the RFC allows.
enum ByteRange: Hashable {
    case whole
    case part(Range<Int>)
    /// There are no such bytes.
    case outside

    init(_ header: String?, of size: Int) {
        self = .whole
        guard let header, header.hasPrefix("bytes=") else { return }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?):
            guard first <= last else { return }
            self = first < size ? .part(first..<min(size, last + 1)) : .outside
        case (let first?, nil) where ends[1].isEmpty:
            self = first < size ? .part(first..<size) : .outside
        case (nil, let last?) where ends[0].isEmpty:
            self = last > 0 && size > 0 ? .part(max(0, size - last)..<size) : .outside
        default: return
        }
    }
}
