import Digests
import Server

/// One stage of a build, on its way to an image.
struct DockerStage {
    var configuration = DockerConfiguration()
    var layers: [DockerCall.Image.Layer] = []
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
        layers = [.init(digest: digest, sizeBytes: Self.sizeBytes(of: name))]
    }

    init(on image: DockerImage) {
        configuration = image.configuration
        layers = image.layers
        digest = image.id
        for pair in image.configuration.environment { variables[pair.key] = pair.value }
    }

    mutating func addLayer(_ instruction: String, content: String, sizeBytes: Int) {
        digest = SHA256.digest(of: "\(digest)\n\(instruction)\n\(content)".utf8)
        layers.append(.init(digest: digest, sizeBytes: sizeBytes))
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
