import Simulation

public struct RepositoryID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct ImageID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of ECR. A layer is known by digest and size; its bytes stay at the edge.
public struct Registry: Sendable, Codable {
    public internal(set) var repositories = Table<RepositoryID, Repository>()
    /// Deleted images too, see ``Image/isDeleted``.
    public internal(set) var images = Table<ImageID, Image>()
    var repositoryIDs = Index<PlacedName, RepositoryID>()
    /// In the order of their creation.
    var repositoriesByPlace = Index<Place, [RepositoryID]>()
    /// The policy of a whole registry.
    var policies = Index<Place, String>()
    /// Under which host docker reaches every registry; `nil`: each under AWS's name for it.
    var host: String?
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
        /// Which image a tag points to.
        var imageByTag = Index<String, ImageID>()
        var imageByDigest = Index<String, ImageID>()
        /// The blobs that were pushed to it.
        var blobs = Index<String, Blob>()
        public var scansOnPush = false
        public var encryption = "AES256"
        /// The ARN of the key, unless the encryption is AES256.
        public var kmsKey: String?
        public var policy: String?
        public var lifecyclePolicy: String?
        public var tags: [ResourceTag] = []
    }

    /// Bytes that the edge holds and has verified: a layer or an image's configuration.
    public struct Blob: Hashable, Sendable, Codable {
        public var sizeBytes: Int
        public var mediaType: String?
        /// Of a configuration: what is in it, as far as it matters here.
        public var configuration: ImageConfiguration?

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
        /// A deleted image can no longer be found, but tasks that run it go on doing so.
        public internal(set) var isDeleted = false
    }
}

extension Registry {
    public func image(_ reference: ImageReference, for place: Place) -> ImageID? {
        guard case .ecr(let account, let region) = reference.registry else { return nil }
        let home = Place(account: account ?? place.account, region: region ?? place.region)
        guard let repository = repositoryIDs[PlacedName(reference.repository, in: home)] else {
            return nil
        }
        if let digest = reference.digest { return repositories[repository].imageByDigest[digest] }
        return reference.tag.flatMap { repositories[repository].imageByTag[$0] }
    }

    /// The image that a machine of this architecture runs: of an index one of those it lists,
    /// otherwise the image itself; `nil` if there is none for it.
    public func image(_ id: ImageID, for architecture: String) -> ImageID? {
        let candidates = images[id].children.isEmpty ? [id] : images[id].children
        return candidates.first { images[$0].configuration.architecture == architecture }
    }
}
