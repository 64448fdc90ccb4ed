import Foundation

/// The engine's docker, with the names of registries rewritten to the emulator's address.
struct RealDocker {
    let engine: String
    let endpoint: String

    func run(_ arguments: [String], _ environment: [String: String]) -> Int32 {
        let authority = String(endpoint.dropFirst("http://".count))
        let port = authority.split(separator: ":").last ?? ""
        let rewritten = arguments.map { Self.rewritten($0, to: "localhost:\(port)") }
        let isAboutRegistry = ["login", "push", "pull"].contains { arguments.contains($0) }
        if isAboutRegistry, let host = Self.remoteHost(environment) {
            FileHandle.standardError.write(
                Data(
                    ("Drydock: the docker engine at \(host) is on another machine, and cannot "
                        + "reach the registry at \(authority) on this one.\n").utf8))
        }
        var words = ([engine] + rewritten).map { strdup($0) } + [nil]
        execv(engine, &words)
        FileHandle.standardError.write(Data("\(engine) does not start.\n".utf8))
        return 126
    }

    /// Every AWS-shaped registry in a word becomes the emulator's.
    static func rewritten(_ word: String, to host: String) -> String {
        word.replacing(
            #/(https?:\/\/)?[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/#, with: host)
    }

    /// Where the engine is, if that is not this machine.
    static func remoteHost(_ environment: [String: String]) -> String? {
        guard let host = environment["DOCKER_HOST"], !host.isEmpty, !host.hasPrefix("unix://"),
            !host.contains("localhost"), !host.contains("127.0.0.1")
        else { return nil }
        return host
    }
}
