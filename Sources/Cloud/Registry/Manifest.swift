import CloudAPI

extension Registry {
    /// What a manifest says: which blobs make an image, or which images make an index.
    struct Manifest {
        var mediaType: String
        /// The configuration's digest first, then the layers'. Empty for an index.
        var blobs: [String] = []
        /// Of an index: the manifests it lists.
        var children: [String] = []
        var configurationDigest: String?
        var artifactMediaType: String?
        var subjectDigest: String?
    }
}

extension Registry.Manifest {
    private static let indexTypes = [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ]
    private static let imageTypes = [
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ]

    /// - Parameter mediaType: What the call says it is; what stands in the manifest counts more.
    init(_ text: String, mediaType given: String?) throws(APIFailure) {
        guard text.utf8.count <= 4_194_304, let json = WireValue(json: text), json.asMembers != nil
        else { throw .registryParameter("ImageManifest", "Invalid JSON syntax") }
        guard let mediaType = json["mediaType"]?.asText ?? given else {
            throw .manifestMediaTypeMissing
        }
        self.mediaType = mediaType
        subjectDigest = json["subject"]?["digest"]?.asText
        let isIndex = Self.indexTypes.contains(mediaType)
        if isIndex {
            children = try Self.digests(json["manifests"], "manifests")
            artifactMediaType = json["artifactType"]?.asText
        } else if Self.imageTypes.contains(mediaType) {
            guard let configuration = json["config"]?["digest"]?.asText else {
                throw .registryParameter("ImageManifest", "config is missing")
            }
            configurationDigest = configuration
            blobs = [configuration] + (try Self.digests(json["layers"], "layers"))
            artifactMediaType = json["artifactType"]?.asText ?? json["config"]?["mediaType"]?.asText
        } else {
            // Source: ecr.md section 5.12; the text is assumed.
            throw .registryParameter(
                "ImageManifest", "Media type \(mediaType) is not supported by Drydock")
        }
    }

    /// Layers that are only named, not pushed, are left out: they lie with their publisher.
    /// The texts: assumed.
    private static func digests(
        _ list: WireValue?, _ field: String
    ) throws(APIFailure) -> [String] {
        guard let descriptors = list?.asList else {
            throw .registryParameter("ImageManifest", "\(field) is missing")
        }
        var digests: [String] = []
        for descriptor in descriptors {
            guard let digest = descriptor["digest"]?.asText else {
                throw .registryParameter("ImageManifest", "\(field) has an entry without a digest")
            }
            let mediaType = descriptor["mediaType"]?.asText ?? ""
            let isElsewhere =
                mediaType.contains("nondistributable") || mediaType.contains("foreign")
            if !isElsewhere { digests.append(digest) }
        }
        return digests
    }
}
