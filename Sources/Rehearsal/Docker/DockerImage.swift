import Cloud
import Digests
import Reports
import Server

/// An image that the stand-in keeps.
struct DockerImage: Codable, Equatable {
    struct Layer: Codable, Equatable {
        var digest: String
        /// How much there is of it.
        var bytes: Int
        /// How much it counts for: where nothing was run, what would be there.
        var sizeBytes: Int
    }

    /// The digest of its configuration.
    var id: String
    var configuration: DockerConfiguration
    var layers: [Layer]
    /// Every one with a tag: `"web:1"`, `"123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1"`.
    var names: [String] = []
    /// Where it was pushed to or pulled from: `"host/web@sha256:..."`.
    var digests: [String] = []
    /// Of one that was pulled: what is pushed if it is pushed again.
    var origin: Origin?

    struct Origin: Codable, Equatable {
        /// `"host/web"`
        var repository: String
        var manifest: String
    }

    init(_ stage: DockerStage) {
        configuration = stage.configuration
        layers = stage.layers
        id = SHA256.digest(of: configuration.json(layers: layers.map(\.digest)).utf8)
    }

    var sizeBytes: Int { layers.reduce(0) { $0 + $1.sizeBytes } }

    /// The twelve digits by which people name it.
    var shortID: String { String(id.dropFirst("sha256:".count).prefix(12)) }

    /// How the program in it behaves.
    ///
    /// - Throws: What is wrong with its labels.
    func profile() throws(AppProfile.LabelFailure) -> AppProfile {
        let text = configuration.json(layers: layers.map(\.digest))
        return try Registry.ImageConfiguration(json: Array(text.utf8)).profile
    }

    /// What is handed to a registry.
    var pushed: DockerCall.Image {
        if let origin {
            return DockerCall.Image(
                layers: [], configuration: "", manifest: origin.manifest,
                source: origin.repository)
        }
        let text = configuration.json(layers: layers.map(\.digest))
        func part(_ type: String, _ digest: String, _ size: Int) -> JSON {
            .object([
                "mediaType": .string("application/vnd.oci.image.\(type)"),
                "digest": .string(digest), "size": .number(String(size)),
            ])
        }
        let manifest = JSON.object([
            "schemaVersion": .number("2"),
            "mediaType": .string("application/vnd.oci.image.manifest.v1+json"),
            "config": part("config.v1+json", id, text.utf8.count),
            "layers": .array(
                layers.map { part("layer.v1.tar", $0.digest, $0.bytes) }),
        ]).line()
        return DockerCall.Image(
            layers: layers.map { .init(digest: $0.digest, sizeBytes: $0.sizeBytes) },
            configuration: text, manifest: manifest)
    }

    /// The name with a tag, as docker completes it.
    static func full(_ name: String) -> String {
        let reference = ImageReference(name)
        guard reference.digest == nil else { return name }
        let last = name.split(separator: "/").last ?? ""
        return last.contains(":") ? name : name + ":latest"
    }
}
