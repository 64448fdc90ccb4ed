import Foundation

/// What the stand-in remembers from one call to the next.
struct DockerState: Codable {
    var images: [DockerImage] = []
    var containers: [Container] = []
    /// Passwords, by the registry's host.
    var logins: [String: String] = [:]

    struct Container: Codable, Equatable {
        struct Port: Codable, Equatable {
            var host: Int
            var container: Int
        }
        var id: String
        var name: String
        /// As it was named.
        var image: String
        var imageID: String
        var ports: [Port]
        var isRemovedAtEnd = false
        /// Of the program that serves its page; 0 once it has ended.
        var process: Int32
        var command: [String] = []

        var isRunning: Bool { process > 0 && kill(process, 0) == 0 }
    }

    /// By its name, or the beginning of its id.
    func image(_ name: String) -> Int? {
        let full = DockerImage.full(name)
        if let found = images.firstIndex(where: {
            $0.names.contains(full) || $0.digests.contains(name)
        }) {
            return found
        }
        let hex = name.hasPrefix("sha256:") ? String(name.dropFirst("sha256:".count)) : name
        guard hex.count >= 4, hex.allSatisfy(\.isHexDigit) else { return nil }
        return images.firstIndex { $0.id.dropFirst("sha256:".count).hasPrefix(hex) }
    }

    func container(_ name: String) -> Int? {
        containers.firstIndex { $0.name == name }
            ?? (name.count >= 2 ? containers.firstIndex { $0.id.hasPrefix(name) } : nil)
    }

    /// Gives an image a name, which no other has from then on.
    mutating func tag(_ image: DockerImage, as name: String) {
        let full = DockerImage.full(name)
        for index in images.indices { images[index].names.removeAll { $0 == full } }
        if let known = images.firstIndex(where: { $0.id == image.id }) {
            images[known].names.append(full)
        } else {
            var image = image
            image.names = [full]
            images.append(image)
        }
    }
}

/// The state in its file, which one call after the other reads and writes.
struct DockerStore {
    let folder: String

    var file: String { "\(folder)/state.json" }

    /// Reads the state, lets it be changed, and writes it, while others wait.
    func change<Result>(_ body: (inout DockerState) throws -> Result) throws -> Result {
        let lock = open("\(folder)/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw DockerRefusal("The stand-in's folder \(folder) is gone.")
        }
        defer { close(lock) }
        var state = read()
        let result = try body(&state)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try encoder.encode(state).write(to: URL(fileURLWithPath: file), options: .atomic)
        return result
    }

    func read() -> DockerState {
        guard let data = FileManager.default.contents(atPath: file) else { return DockerState() }
        return (try? JSONDecoder().decode(DockerState.self, from: data)) ?? DockerState()
    }

    // MARK: layers

    private func path(of digest: String) -> String {
        "\(folder)/\(digest.dropFirst("sha256:".count)).tar"
    }

    /// Keeps the bytes of layers, by their digests.
    func keep(_ archives: [String: Data]) throws {
        for (digest, archive) in archives {
            let path = path(of: digest)
            guard !FileManager.default.fileExists(atPath: path) else { continue }
            try archive.write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }

    func archive(_ digest: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path(of: digest)), options: .mappedIfSafe)
    }
}
