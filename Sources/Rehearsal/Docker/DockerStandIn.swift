import CloudAPI
import Foundation

/// The docker that rehearsed commands find: as much of docker as deployment scripts use, without an
/// engine. What it does not have it refuses by name.
package struct DockerStandIn {
    let store: DockerStore
    let client: StandInClient

    /// Carries one call of docker out.
    ///
    /// - Parameter arguments: What stands behind `docker`.
    /// - Returns: The exit status.
    package static func run(_ arguments: [String]) -> Int32 {
        let environment = ProcessInfo.processInfo.environment
        guard let stage = environment[DockerFolder.Variable.stage],
            let endpoint = environment[DockerFolder.Variable.endpoint]
        else {
            return say("The docker stand-in belongs to drydock exec, which starts it.", status: 64)
        }
        if let engine = environment[DockerFolder.Variable.engine], !engine.isEmpty {
            return RealDocker(engine: engine, endpoint: endpoint).run(arguments, environment)
        }
        let docker = DockerStandIn(
            store: DockerStore(folder: DockerFolder(stage).state),
            client: StandInClient(endpoint: endpoint))
        do {
            try docker.carryOut(arguments)
            return 0
        } catch let refusal as DockerRefusal {
            return say(refusal.text, status: refusal.status)
        } catch let problem as Dockerfile.Problem {
            return say("ERROR: failed to solve: \(problem.description)", status: 1)
        } catch {
            return say("\(error)", status: 1)
        }
    }

    private static func say(_ text: String, status: Int32) -> Int32 {
        FileHandle.standardError.write(Data((text + "\n").utf8))
        return status
    }

    private func carryOut(_ arguments: [String]) throws {
        var words = arguments[...]
        // Options in front of the command say how docker finds its engine, which there is none of.
        while let first = words.first, first.hasPrefix("-") {
            words.removeFirst()
            if ["--version", "-v"].contains(first) { return try version([]) }
            if ["--config", "--context", "-c", "-H", "--host", "-l", "--log-level"].contains(first)
            {
                words = words.dropFirst()
            }
        }
        guard let command = words.popFirst() else {
            throw DockerRefusal("Usage: docker COMMAND; this is Drydock's stand-in.", status: 0)
        }
        let rest = Array(words)
        switch command {
        case "image", "container", "buildx", "builder", "system":
            try carryOut(rest.first ?? "", of: command, Array(rest.dropFirst()))
        case "compose": try compose(rest)
        default: try carryOut(command, rest)
        }
    }

    /// Commands with a noun in front.
    private func carryOut(_ verb: String, of noun: String, _ rest: [String]) throws {
        switch (noun, verb) {
        case ("image", "ls"), ("image", "list"): try images(rest)
        case ("image", "rm"), ("image", "remove"): try removeImages(rest)
        case ("image", "inspect"): try inspect(rest, of: "image")
        case ("image", "build"), ("buildx", "build"), ("builder", "build"): try build(rest)
        case ("image", "tag"), ("image", "push"), ("image", "pull"): try carryOut(verb, rest)
        case ("image", "prune"), ("builder", "prune"), ("system", "prune"),
            ("container", "prune"), ("buildx", "prune"):
            print("Total reclaimed space: 0B")
        case ("buildx", "create"), ("buildx", "use"), ("buildx", "inspect"), ("buildx", "rm"):
            if verb == "create" { print("drydock") }
        case ("buildx", "version"): print("github.com/docker/buildx v0.20.0 drydock")
        case ("container", "ls"), ("container", "list"): try list(rest)
        case ("container", "inspect"): try inspect(rest, of: "container")
        case ("container", _): try carryOut(verb, rest)
        default: throw DockerRefusal.lacks("\(noun) \(verb)")
        }
    }

    private func carryOut(_ command: String, _ rest: [String]) throws {
        switch command {
        case "login": try login(rest)
        case "logout": try logout(rest)
        case "build": try build(rest)
        case "tag": try tag(rest)
        case "push": try push(rest)
        case "pull": try pull(rest)
        case "images": try images(rest)
        case "inspect": try inspect(rest, of: nil)
        case "rmi": try removeImages(rest)
        case "info": try info(rest)
        case "version": try version(rest)
        case "run": try runContainer(rest)
        case "ps": try list(rest)
        case "logs": try logs(rest)
        case "stop", "kill": try stop(rest, command)
        case "rm": try removeContainers(rest)
        case Self.serving: try serveContainer(rest)
        default: throw DockerRefusal.lacks(command)
        }
    }

    /// One line of what `images` or `ps` list, as `--quiet` and `--format` want it.
    func printRow(_ fields: [(String, String)], id: String, _ options: DockerOptions) throws {
        if options.has("quiet") {
            print(id)
        } else if let format = options["format"] {
            print(
                try Template(text: format).fill(
                    .object(fields.map { .init($0.0, .string($0.1)) })))
        } else {
            print(fields.map(\.1).joined(separator: "\t"))
        }
    }

    private func info(_ words: [String]) throws {
        let options = try DockerOptions(words, of: "info", valued: ["format/f"])
        let state = store.read()
        if let format = options["format"] {
            print(
                try Template(text: format).fill(
                    .object([
                        .init("ServerVersion", .string(Self.version)),
                        .init("Images", .int(state.images.count)),
                        .init("Containers", .int(state.containers.count)),
                        .init("OperatingSystem", .string("Drydock")),
                        .init("Architecture", .string("x86_64")),
                    ])))
            return
        }
        print(
            """
            Client:
             Version: \(Self.version)
            Server:
             Containers: \(state.containers.count)
             Images: \(state.images.count)
             Server Version: \(Self.version) (Drydock's stand-in, no engine)
             Operating System: Drydock
            """)
    }

    private static let version = "28.2.2"

    private func version(_ words: [String]) throws {
        let options = try DockerOptions(words, of: "version", valued: ["format/f"])
        if let format = options["format"] {
            let part = WireValue.object([.init("Version", .string(Self.version))])
            print(
                try Template(text: format).fill(
                    .object([.init("Client", part), .init("Server", part)])))
            return
        }
        print("Docker version \(Self.version), build drydock")
    }
}
