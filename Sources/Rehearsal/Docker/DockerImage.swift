import Cloud
import Digests
import Reports
import Server

/// An image that the stand-in keeps.
struct DockerImage: Codable, Equatable {
    /// The digest of its configuration.
    var id: String
    var configuration: DockerConfiguration
    var layers: [DockerCall.Image.Layer]
    /// Every one with a tag: `"web:1"`, `"123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1"`.
    var names: [String] = []
    /// Where it was pushed to or pulled from: `"host/web@sha256:..."`.
    var digests: [String] = []

    init(_ stage: DockerStage) {
        configuration = stage.configuration
        layers = stage.layers
        id = SHA256.digest(of: configuration.json(layers: layers.map(\.digest)).utf8)
    }

    /// One that was pulled, as far as the registry tells.
    init(pulled name: String, labels: [String: String], architecture: String, sizeBytes: Int) {
        configuration = DockerConfiguration()
        configuration.architecture = architecture
        for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
            configuration.set(label: key, value)
        }
        layers = [
            .init(digest: SHA256.digest(of: "drydock image \(name)".utf8), sizeBytes: sizeBytes)
        ]
        id = SHA256.digest(of: configuration.json(layers: layers.map(\.digest)).utf8)
    }

    var sizeBytes: Int { layers.reduce(0) { $0 + $1.sizeBytes } }

    /// The twelve digits by which people name it.
    var shortID: String { String(id.dropFirst("sha256:".count).prefix(12)) }

    /// How the program in it behaves.
    ///
    /// - Throws: What is wrong with its labels.
    func profile() throws(AppProfile.LabelFailure) -> AppProfile {
        try Registry.ImageConfiguration(json: Array(pushed.configuration.utf8)).profile
    }

    /// What is handed to a registry.
    var pushed: DockerCall.Image {
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
                layers.map { part("layer.v1.tar+gzip", $0.digest, $0.sizeBytes) }),
        ]).line()
        return DockerCall.Image(layers: layers, configuration: text, manifest: manifest)
    }

    /// The name with a tag, as docker completes it.
    static func full(_ name: String) -> String {
        let reference = ImageReference(name)
        guard reference.digest == nil else { return name }
        let last = name.split(separator: "/").last ?? ""
        return last.contains(":") ? name : name + ":latest"
    }
}
