import Digests
import Foundation

/// One stage of a build, on its way to an image.
struct DockerStage {
    var configuration = DockerConfiguration()
    private(set) var layers: [DockerImage.Layer] = []
    /// The bytes of the layers that were made here, by their digests.
    private(set) var archives: [String: Data] = [:]
    /// What `$NAME` means: arguments and the environment.
    var variables: [String: String] = [:]
    /// Of everything so far.
    private(set) var digest: String

    /// What a RUN adds to an image, compressed. Assumed: nothing is run, so nothing is known.
    static let runBytes = 8 << 20
    /// What is copied from another stage. Assumed.
    static let copiedBytes = 20 << 20

    /// On an image that nobody has here, such as one of Docker Hub's.
    init(named name: String) {
        digest = SHA256.digest(of: "drydock image \(name)".utf8)
        guard name != "scratch" else { return }
        add("FROM \(name)", countsAs: Self.sizeBytes(of: name))
    }

    init(on image: DockerImage) {
        configuration = image.configuration
        layers = image.layers
        digest = image.id
        for pair in image.configuration.environment { variables[pair.key] = pair.value }
    }

    /// On one that was pulled, as far as the registry tells.
    init(pulled name: String, labels: [String: String], architecture: String, sizeBytes: Int) {
        digest = SHA256.digest(of: "drydock image \(name)".utf8)
        configuration.architecture = architecture
        for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
            configuration.set(label: key, value)
        }
        add("PULL \(name)", countsAs: sizeBytes)
    }

    /// Adds a layer with files whose contents are known.
    mutating func add(_ instruction: String, _ files: [LayerFile]) {
        let archive = LayerArchive.bytes(of: files)
        add(instruction, archive, countsAs: archive.count)
    }

    /// Adds a layer for an instruction that is not carried out: a file in it says so.
    ///
    /// - Parameters:
    ///   - paths: Where that file is; without any among Drydock's own.
    ///   - sizeBytes: How much would be there, compressed.
    mutating func add(
        _ instruction: String, at paths: [String] = [], from content: String = "",
        countsAs sizeBytes: Int
    ) {
        let mark = SHA256.hex(of: "\(digest)\n\(instruction)\n\(content)".utf8)
        let text = """
            Drydock's docker stand-in ran none of this, and lets it count as \(sizeBytes) bytes:
            \(instruction)
            \(mark)

            """
        let paths = paths.isEmpty ? ["usr/share/drydock/\(mark.prefix(12))"] : paths
        add(
            instruction,
            LayerArchive.bytes(
                of: paths.map { LayerFile(path: $0, content: Data(text.utf8)) }),
            countsAs: sizeBytes)
    }

    private mutating func add(
        _ instruction: String, _ archive: Data, countsAs sizeBytes: Int
    ) {
        let layer = DockerImage.Layer(
            digest: SHA256.digest(of: archive), bytes: archive.count, sizeBytes: sizeBytes)
        layers.append(layer)
        archives[layer.digest] = archive
        digest = SHA256.digest(of: "\(digest)\n\(instruction)\n\(layer.digest)".utf8)
    }

    /// Compressed sizes of well-known images, in MiB. Assumed: of the order of what they were in
    /// 2025; the first whose name matches.
    private static let sizes: [(part: String, mebibytes: Int)] = [
        ("distroless", 12), ("busybox", 2), ("jre", 90), ("alpine", 25), ("slim", 60),
        ("temurin", 210), ("openjdk", 220), ("corretto", 210), ("java", 210), ("maven", 260),
        ("gradle", 320), ("node", 390), ("python", 370), ("golang", 300), ("ruby", 330),
        ("php", 180), ("nginx", 70), ("httpd", 60), ("amazonlinux", 55), ("debian", 48),
        ("ubuntu", 30),
    ]

    private static func sizeBytes(of name: String) -> Int {
        if name == "alpine" || name.hasPrefix("alpine:") { return 4 << 20 }
        let found = sizes.first { name.contains($0.part) }
        return (found?.mebibytes ?? 100) << 20
    }
}
