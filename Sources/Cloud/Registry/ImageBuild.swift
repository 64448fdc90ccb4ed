import CloudAPI
import Digests
import Simulation

/// An image that nobody had to build: what `docker build` would leave behind, from a description of
/// how the program in it behaves.
///
/// Its layers have a digest and a size but no bytes. The same description gives the same digests.
public struct ImageBuild: Hashable, Sendable {
    public struct Layer: Hashable, Sendable {
        public let digest: String
        public let sizeBytes: Int

        /// - Parameter seed: What stands for the bytes; the digest is that of this text.
        init(seed: String, sizeBytes: Int) {
            digest = SHA256.digest(of: seed.utf8)
            self.sizeBytes = sizeBytes
        }
    }

    public let profile: AppProfile
    /// As OCI spells it: `"amd64"`, `"arm64"`.
    public let architecture: String
    /// The base of the image first, which versions of the same size share, then the program.
    public let layers: [Layer]
    /// The configuration: JSON, with the profile in its labels.
    public let configuration: String
    /// The manifest: JSON. The digest of an image is that of this text.
    public let manifest: String

    public static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    private static let configurationType = "application/vnd.oci.image.config.v1+json"
    private static let layerType = "application/vnd.oci.image.layer.v1.tar+gzip"

    /// - Parameters:
    ///   - version: What people call it; the profile's if left out.
    ///   - compressedMebibytes: The size of all layers together; from 4 MiB on, three quarters of
    ///     it are the base.
    public init(
        _ profile: AppProfile = AppProfile(), version: String? = nil,
        compressedMebibytes: Int = 64, architecture: String = "amd64"
    ) {
        var profile = profile
        profile.version = version ?? profile.version
        self.profile = profile
        self.architecture = architecture
        let total = compressedMebibytes * 1_048_576
        let base = compressedMebibytes >= 4 ? total / 4 * 3 : 0
        let program = Layer(
            seed: "drydock program \(profile.version ?? "") \(architecture) \(total - base)",
            sizeBytes: total - base)
        layers =
            base == 0
            ? [program]
            : [
                Layer(seed: "drydock base \(architecture) \(base)", sizeBytes: base), program,
            ]
        configuration = Self.configuration(profile, architecture, layers)
        let described = layers.map { Self.descriptor(Self.layerType, $0.digest, $0.sizeBytes) }
        let config = Self.descriptor(
            Self.configurationType, SHA256.digest(of: configuration.utf8), configuration.utf8.count)
        manifest = """
            {"schemaVersion":2,"mediaType":"\(Self.manifestType)","config":\(config),"layers":[\(
                described.joined(separator: ","))]}
            """
    }

    public var digest: String { SHA256.digest(of: manifest.utf8) }
    public var configurationDigest: String { SHA256.digest(of: configuration.utf8) }

    private static func descriptor(_ mediaType: String, _ digest: String, _ size: Int) -> String {
        "{\"mediaType\":\"\(mediaType)\",\"digest\":\"\(digest)\",\"size\":\(size)}"
    }

    private static func configuration(
        _ profile: AppProfile, _ architecture: String, _ layers: [Layer]
    ) -> String {
        let labels = profile.labels.sorted { $0.key < $1.key }
            .map { "\($0.key.quotedAsJSON):\($0.value.quotedAsJSON)" }.joined(separator: ",")
        let ports = profile.port.map { "\"ExposedPorts\":{\"\($0)/tcp\":{}}," } ?? ""
        let layers = layers.map { $0.digest.quotedAsJSON }.joined(separator: ",")
        return """
            {"architecture":\(architecture.quotedAsJSON),"os":"linux",\
            "config":{\(ports)"Labels":{\(labels)}},\
            "rootfs":{"type":"layers","diff_ids":[\(layers)]}}
            """
    }
}

extension Cloud {
    /// Does what `docker push` does: hands over what the repository does not have yet, then the
    /// manifest.
    ///
    /// - Throws: What ``pushManifest(_:as:)`` throws. The layers are then there all the same, as in
    ///   ECR.
    /// - Returns: The digest of the image.
    @discardableResult
    public mutating func push(
        _ image: ImageBuild, to repository: String, tag: String? = "latest",
        as caller: Caller = Caller()
    ) throws(APIFailure) -> String {
        for layer in image.layers {
            try acceptBlob(
                layer.digest, Registry.Blob(sizeBytes: layer.sizeBytes), in: repository, as: caller)
        }
        var configuration = Registry.ImageConfiguration()
        configuration.architecture = image.architecture
        configuration.profile = image.profile
        try acceptBlob(
            image.configurationDigest,
            Registry.Blob(
                sizeBytes: image.configuration.utf8.count, configuration: configuration),
            in: repository, as: caller)
        try pushManifest(
            ECR.PutImage(
                repositoryName: repository, imageManifest: image.manifest, imageTag: tag),
            as: caller)
        return image.digest
    }
}

extension LiveCloud {
    /// Does what `docker push` does, see ``Cloud/push(_:to:tag:as:)``.
    @discardableResult
    public func push(
        _ image: ImageBuild, to repository: String, tag: String? = "latest"
    ) throws(APIFailure) -> String {
        try cloud.push(image, to: repository, tag: tag, as: caller)
    }
}
