import CloudAPI
import Simulation

extension Registry {
    /// A repository and its images as they are kept outside of a cloud: by what they are, not by
    /// the numbers that the cloud has for them, and with instants on the calendar.
    ///
    /// What is set for a whole registry, scans, and copies on their way are not part of it.
    public struct SavedRepository: Codable, Hashable, Sendable {
        public var account: String
        public var region: String
        public var name: String
        var createdAt: Timestamp
        var mutability: Repository.Mutability
        var exclusions: [String]
        var scansOnPush: Bool
        var encryption: String
        var kmsKey: String?
        var policy: String?
        var lifecyclePolicy: String?
        var lifecycleStartedAt: Timestamp
        var tags: [ResourceTag]
        /// In the order in which they were pushed.
        public var images: [SavedImage]
    }

    /// An image, whose manifest lies with the blobs.
    public struct SavedImage: Codable, Hashable, Sendable {
        public var digest: String
        public var mediaType: String
        public var tags: [String]
        /// What it is made of; its configuration first.
        public var blobs: [SavedBlob]
        var pushedAt: Timestamp
        var lastPulledAt: Timestamp?
        /// Otherwise in the archive.
        var isActive: Bool
        var archivedAt: Timestamp?
        var activatedAt: Timestamp?
    }

    public struct SavedBlob: Codable, Hashable, Sendable {
        public var digest: String
        public var sizeBytes: Int
    }
}

extension Cloud {
    /// - Precondition: The repository is there.
    public func saved(_ id: RepositoryID) -> Registry.SavedRepository {
        let repository = registry.repositories[id]
        return .init(
            account: repository.place.account, region: repository.place.region,
            name: repository.name, createdAt: calendar(repository.createdAt),
            mutability: repository.mutability, exclusions: repository.exclusions,
            scansOnPush: repository.scansOnPush, encryption: repository.encryption,
            kmsKey: repository.kmsKey, policy: repository.policy,
            lifecyclePolicy: repository.lifecyclePolicy,
            lifecycleStartedAt: calendar(repository.lifecycle.startedAt), tags: repository.tags,
            images: repository.images.map { saved(registry.images[$0], in: repository) })
    }

    private func saved(
        _ image: Registry.Image, in repository: Registry.Repository
    ) -> Registry.SavedImage {
        let manifest = try? Registry.Manifest(image.manifest, mediaType: image.mediaType)
        return .init(
            digest: image.digest, mediaType: image.mediaType, tags: image.tags,
            blobs: (manifest?.blobs ?? []).compactMap { digest in
                repository.blobs[digest].map { .init(digest: digest, sizeBytes: $0.sizeBytes) }
            },
            pushedAt: calendar(image.pushedAt), lastPulledAt: image.lastPulledAt.map(calendar),
            isActive: image.storage != .archived, archivedAt: image.archivedAt.map(calendar),
            activatedAt: image.activatedAt.map(calendar))
    }

    /// Makes a repository as it was saved. What was pushed before this cloud's clock began has an
    /// instant before its start; nothing lies in its future.
    ///
    /// - Parameters:
    ///   - manifest: The manifest of an image, byte by byte; `nil` leaves the image out.
    ///   - configuration: What the configuration of an image says, by its digest.
    /// - Returns: The digests of the images that were left out.
    /// - Precondition: There is no repository of this name.
    public mutating func restore(
        _ saved: Registry.SavedRepository, manifest: (Registry.SavedImage) -> String?,
        configuration: (Registry.SavedImage, String) -> Registry.ImageConfiguration?
    ) -> [String] {
        let place = Place(account: saved.account, region: saved.region)
        precondition(registry.repositoryIDs[PlacedName(saved.name, in: place)] == nil)
        var repository = Registry.Repository(
            place: place, name: saved.name, createdAt: instant(saved.createdAt))
        repository.mutability = saved.mutability
        repository.exclusions = saved.exclusions
        repository.scansOnPush = saved.scansOnPush
        repository.encryption = saved.encryption
        repository.kmsKey = saved.kmsKey
        repository.policy = saved.policy
        repository.lifecyclePolicy = saved.lifecyclePolicy
        repository.lifecycle.startedAt = instant(saved.lifecycleStartedAt)
        repository.tags = saved.tags
        let id = registry.add(repository)
        var left: [String] = []
        for image in saved.images {
            for blob in image.blobs where registry.repositories[id].blobs[blob.digest] == nil {
                registry.repositories[id].blobs[blob.digest] = .init(
                    sizeBytes: blob.sizeBytes, configuration: configuration(image, blob.digest))
            }
            if let text = manifest(image), restore(image, text, in: id) { continue }
            left.append(image.digest)
        }
        for blob in registry.repositories[id].blobs.sorted where blob.value.uses == 0 {
            registry.repositories[id].blobs[blob.key] = nil
        }
        planLifecycle(of: id)
        return left
    }

    private mutating func restore(
        _ saved: Registry.SavedImage, _ text: String, in id: RepositoryID
    ) -> Bool {
        guard let manifest = try? Registry.Manifest(text, mediaType: saved.mediaType),
            var image = try? registry.image(
                text, manifest, in: id, at: instant(saved.pushedAt)),
            image.digest == saved.digest
        else { return false }
        image.lastPulledAt = saved.lastPulledAt.map(instant)
        image.storage = saved.isActive ? .active : .archived
        image.archivedAt = saved.archivedAt.map(instant)
        image.activatedAt = saved.activatedAt.map(instant)
        let added = registry.add(image, of: manifest)
        for tag in saved.tags { registry.point(tag, to: added) }
        return true
    }

    /// The instant of a moment on the calendar; now, if that lies in the future.
    private func instant(_ moment: Timestamp) -> Instant {
        let century: Int64 = 100 * 366 * 86_400_000
        let since = max(-century, min(century, moment.milliseconds - epoch.milliseconds))
        return min(now, Instant(Duration(nanoseconds: since * 1_000_000)))
    }
}
