import Cloud
import CloudAPI
import Digests
import HTTPTypes
import HummingbirdCore
import NIOCore
import Reports

extension Edge {
    /// Gives out a manifest as it was pushed, whatever the client would rather have.
    /// Source: ecr.md section 5.11.
    func manifest(
        _ reference: String, in name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        let image = try await world.image(
            reference, in: name, isPull: request.method == .get, for: visitor)
        return .registry(
            200,
            [
                .contentType: image.mediaType, .contentDigest: image.digest,
                .eTag: "\"\(image.digest)\"",
            ], image.manifest)
    }

    /// Source: ecr.md sections 5.11, 5.13 and 7.
    func put(
        _ reference: String, in name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        let text = try await manifest(from: request)
        let digest = SHA256.digest(of: text.utf8)
        let isDigest = reference.contains(":")
        if isDigest {
            guard RegistryRoute.isDigest(reference) else { throw RegistryRefusal.noDigest }
            guard reference == digest else { throw RegistryRefusal.digestInvalid }
        }
        let mediaType = request.request.headers[.contentType].map {
            String($0.prefix { $0 != ";" })
        }
        let put = ECR.PutImage(
            registryId: visitor.account, repositoryName: name, imageManifest: text,
            imageManifestMediaType: mediaType, imageTag: isDigest ? nil : reference,
            imageDigest: digest)
        let (blobs, profiles) = (world.blobs, world.settings.profiles)
        let received = try await BlobStore.away {
            try ReceivedManifest(put, digest: digest, in: blobs, profiles)
        }
        do {
            try await world.push(received, as: visitor.caller)
        } catch {
            if let bytes = received.bytes { blobs.drop(bytes) }
            throw error
        }
        if blobs.isDurable { try await BlobStore.away { try blobs.syncPlaces() } }
        try await save()

        var headers: HTTPFields = [
            .location: "\(request.target.origin)/v2/\(name)/manifests/\(reference)",
            .contentDigest: digest,
        ]
        headers[.subject] = Registry.subjectDigest(of: text, mediaType: mediaType)
        return .registry(201, headers)
    }

    private func manifest(from request: RegistryRequest) async throws -> String {
        let length = request.request.headers[.contentLength].flatMap { Int($0) }
        guard length ?? 0 <= ReceivedManifest.mostBytes else {
            throw RegistryRefusal.manifestTooLarge
        }
        do {
            let body = try await request.request.body.collect(upTo: ReceivedManifest.mostBytes)
            guard length == nil || length == body.readableBytes else {
                throw RegistryRefusal.sizeInvalid
            }
            guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
                throw RegistryRefusal(400, "MANIFEST_INVALID", "manifest invalid")
            }
            return text
        } catch is NIOTooManyBytesError {
            throw RegistryRefusal.manifestTooLarge
        }
    }

    /// By digest the image goes with all its tags, by tag the tag, and with the last one the image.
    ///
    /// Source: Amazon ECR User Guide, "Deleting signatures and other artifacts", which deletes by
    /// digest; ecr.md section 5.7 is from before. That a tag is treated as by BatchDeleteImage:
    /// assumed.
    func delete(
        _ reference: String, in name: String, _ visitor: RegistryVisitor
    ) async throws -> Response {
        let isDigest = reference.contains(":")
        if isDigest, !RegistryRoute.isDigest(reference) { throw RegistryRefusal.noDigest }
        try await world.delete(
            .init(imageDigest: isDigest ? reference : nil, imageTag: isDigest ? nil : reference),
            in: name, for: visitor)
        try await save()
        return .registry(202)
    }

    /// An index of what says something about a manifest; one that is not there has no referrers.
    /// Source: OCI Distribution Specification 1.1, "Listing Referrers".
    func referrers(
        of digest: String, in name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        guard RegistryRoute.isDigest(digest) else { throw RegistryRefusal.noDigest }
        let wanted = request.query["artifactType"]
        let all = try await world.referrers(of: digest, in: name, for: visitor)
        let fitting = all.filter { wanted == nil || $0.artifactType == wanted }
        let index = JSON.object([
            "schemaVersion": .number("2"), "mediaType": .string(Self.indexType),
            "manifests": .array(fitting.map(descriptor)),
        ])
        var headers: HTTPFields = [.contentType: Self.indexType]
        if wanted != nil { headers[.filtersApplied] = "artifactType" }
        return .registry(200, headers, index.line())
    }

    private static let indexType = "application/vnd.oci.image.index.v1+json"

    private func descriptor(_ referrer: ECR.ImageReferrer) -> JSON {
        var members: [JSON.Member] = [
            .init(key: "mediaType", value: .string(referrer.mediaType ?? "")),
            .init(key: "digest", value: .string(referrer.digest ?? "")),
            .init(key: "size", value: .number("\(referrer.size ?? 0)")),
        ]
        if let type = referrer.artifactType {
            members.append(.init(key: "artifactType", value: .string(type)))
        }
        if let annotations = referrer.annotations {
            members.append(
                .init(
                    key: "annotations",
                    value: .object(
                        annotations.map { .init(key: $0.key, value: .string($0.value)) })))
        }
        return .object(members)
    }
}
