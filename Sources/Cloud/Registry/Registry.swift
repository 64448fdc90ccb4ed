import Simulation

public struct RepositoryID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct ImageID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of ECR. A layer is known by digest and size; its bytes stay at the edge, but for those
/// that a program in the same process hands to `UploadLayerPart`: ``LayerBytes`` has them.
public struct Registry: Sendable, Codable {
    public internal(set) var repositories = Table<RepositoryID, Repository>()
    /// Deleted images too, see ``Image/isDeleted``.
    public internal(set) var images = Table<ImageID, Image>()
    var uploads = Table<LayerUploadID, LayerUpload>()
    var uploadIDs = Index<String, LayerUploadID>()
    var bytes = LayerBytes()
    var repositoryIDs = Index<PlacedName, RepositoryID>()
    /// In the order of their creation.
    var repositoriesByPlace = Index<Place, [RepositoryID]>()
    /// Counts the changes of images and tags, in all repositories together.
    public internal(set) var turn: UInt32 = 0
    /// What is set for a whole registry.
    var settings = Index<Place, Settings>()
    /// Under which host docker reaches every registry; `nil`: each under AWS's name for it.
    var host: String?
    /// What nobody else knows, where others could make up logins; `nil`: the seed is enough.
    var secret: String?
}

extension Registry {
    public struct Repository: Sendable, Codable {
        public enum Mutability: String, Sendable, Codable {
            case mutable = "MUTABLE"
            case immutable = "IMMUTABLE"
            case mutableWithExclusion = "MUTABLE_WITH_EXCLUSION"
            case immutableWithExclusion = "IMMUTABLE_WITH_EXCLUSION"
        }

        public let place: Place
        public let name: String
        public let createdAt: Instant
        public var mutability = Mutability.mutable
        /// Wildcard filters; tags that match one are treated the other way.
        public var exclusions: [String] = []
        /// In the order in which they were pushed, which is that of their ids; untagged ones too.
        public var images: [ImageID] = []
        /// The registry's ``Registry/turn`` when images last came or went, and when a tag last
        /// moved.
        public internal(set) var imagesTurn: UInt32 = 0
        public internal(set) var tagsTurn: UInt32 = 0
        /// Which image a tag points to.
        var imageByTag = Index<String, ImageID>()
        var imageByDigest = Index<String, ImageID>()
        /// The images that say something about the image of a digest, in the order of their ids.
        var referrers = Index<String, [ImageID]>()
        /// The blobs that were pushed to it.
        var blobs = Index<String, Blob>()
        /// Uploads that are not complete.
        var uploads: [LayerUploadID] = []
        public var scansOnPush = false
        public var encryption = "AES256"
        /// The ARN of the key, unless the encryption is AES256.
        public var kmsKey: String?
        public var policy: String?
        public var lifecyclePolicy: String?
        var lifecycle = Lifecycle()
        var preview: LifecyclePreview?
        public var tags: [ResourceTag] = []
    }

    /// Bytes that the edge holds and has verified: a layer or an image's configuration.
    public struct Blob: Hashable, Sendable, Codable {
        public var sizeBytes: Int
        public var mediaType: String?
        /// Of a configuration: what is in it, as far as it matters here.
        public var configuration: ImageConfiguration?
        /// How many images of the repository are made of it.
        var uses = 0

        public init(
            sizeBytes: Int, mediaType: String? = nil, configuration: ImageConfiguration? = nil
        ) {
            self.sizeBytes = sizeBytes
            self.mediaType = mediaType
            self.configuration = configuration
        }
    }

    /// What an image's configuration says of the program in it.
    public struct ImageConfiguration: Hashable, Sendable, Codable {
        /// As OCI spells it: `"amd64"`, `"arm64"`.
        public var architecture = "amd64"
        public var profile = AppProfile()
        /// The entry point and what is given to it; empty if the image does not say.
        public var command: [String] = []
        public init() {}
    }

    /// A manifest that was pushed. Its digest is what a version is.
    public struct Image: Sendable, Codable {
        public let repository: RepositoryID
        public let digest: String
        /// As it was sent, byte by byte; empty once the image is deleted.
        public internal(set) var manifest: String
        public let mediaType: String
        public var artifactMediaType: String?
        /// The digest of the image that this one says something about.
        public var subjectDigest: String?
        /// The compressed layers and the configuration together; of an index, its largest image's.
        public let sizeBytes: Int
        /// Of an index, that of its first image.
        public let configuration: ImageConfiguration
        /// The images that an index lists, in its order.
        public var children: [ImageID] = []
        /// The indexes that list it.
        var parents: [ImageID] = []
        public let pushedAt: Instant
        public var lastPulledAt: Instant?
        /// In the order in which they came.
        public var tags: [String] = []
        public internal(set) var storage = Storage.active
        var archivedAt: Instant?
        /// When it last came back from the archive.
        var activatedAt: Instant?
        var scan: Scan?
        /// One for each destination that it was or is being copied to.
        var replications: [Replication] = []
        /// A deleted image can no longer be found, but tasks that run it go on doing so.
        public internal(set) var isDeleted = false
    }
}

extension Registry {
    /// The image that a reference names; `nil` also for one that lies in the archive.
    public func image(_ reference: ImageReference, for place: Place) -> ImageID? {
        guard case .ecr(let account, let region) = reference.registry else { return nil }
        let home = Place(account: account ?? place.account, region: region ?? place.region)
        guard let repository = repositoryIDs[PlacedName(reference.repository, in: home)] else {
            return nil
        }
        let found =
            reference.digest.map { repositories[repository].imageByDigest[$0] }
            ?? reference.tag.flatMap { repositories[repository].imageByTag[$0] }
        return found.flatMap { images[$0].storage == .active ? $0 : nil }
    }

    /// The image that a machine of this architecture runs: of an index one of those it lists,
    /// otherwise the image itself; `nil` if there is none for it.
    public func image(_ id: ImageID, for architecture: String) -> ImageID? {
        let candidates = images[id].children.isEmpty ? [id] : images[id].children
        return candidates.first { images[$0].configuration.architecture == architecture }
    }
}
