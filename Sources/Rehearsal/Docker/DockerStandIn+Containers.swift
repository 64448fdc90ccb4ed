import CloudAPI
import Digests
import Foundation
import Reports

extension DockerStandIn {
    private static let runOptions = [
        "publish/p", "name", "env/e", "env-file", "volume/v", "network/net", "platform", "restart",
        "memory/m", "cpus", "label/l", "hostname/h", "user/u", "workdir/w", "entrypoint", "mount",
        "log-driver", "health-cmd", "pull",
    ]
    private static let runFlags = [
        "detach/d", "rm", "interactive/i", "tty/t", "init", "privileged",
    ]

    func runContainer(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "run", valued: Self.runOptions, flags: Self.runFlags, stopsAtRest: true)
        guard let name = options.rest.first else {
            throw DockerRefusal("\"docker run\" requires at least 1 argument.")
        }
        guard options.rest.count == 1, options["entrypoint"] == nil else {
            throw DockerRefusal(
                "Drydock's docker stand-in runs no programs, so it cannot run "
                    + "\"\(options.rest.dropFirst().joined(separator: " "))\" in \(name); with "
                    + "--docker real the engine's docker is used instead.", status: 125)
        }
        let ports = try options.all("publish").map(Self.port)
        let image = try image(named: name)
        let profile = try image.profile()
        let id = SHA256.hex(
            of: "container \(image.id) \(getpid()) \(time(nil))".utf8)
        let container = DockerState.Container(
            id: id, name: options["name"] ?? "drydock_\(id.prefix(6))", image: name,
            imageID: image.id, ports: ports, isRemovedAtEnd: options.has("rm"), process: 0)
        let servers = ports.map {
            PageServer(
                port: UInt16($0.host), containerPort: $0.container, profile: profile, image: name)
        }
        let listeners = try servers.map { server in
            guard let listener = server.open() else {
                throw DockerRefusal(
                    "docker: Error response from daemon: driver failed programming external "
                        + "connectivity: Bind for 0.0.0.0:\(server.port) failed: port is already "
                        + "allocated.", status: 125)
            }
            return listener
        }
        try start(
            container, Array(zip(servers, listeners)), isDetached: options.has("detach"))
    }

    private func start(
        _ container: DockerState.Container, _ servers: [(PageServer, Int32)], isDetached: Bool
    ) throws {
        try store.change { state in
            guard state.container(container.name) == nil else {
                throw DockerRefusal(
                    "docker: Error response from daemon: Conflict. The container name "
                        + "\"/\(container.name)\" is already in use.", status: 125)
            }
            state.containers.append(container)
        }
        guard isDetached else {
            try update(container.id) { $0.process = getpid() }
            serve(servers)
        }
        let child = try launch(container, listeners: servers.map(\.1))
        try update(container.id) { $0.process = child }
        print(container.id)
    }

    /// Answers until stopped.
    private func serve(_ servers: [(PageServer, Int32)]) -> Never {
        for (server, listener) in servers {
            Thread.detachNewThread { server.serve(on: listener) }
        }
        while true { pause() }
    }

    /// Starts this program once more, to serve a container's ports, which are open already.
    private func launch(
        _ container: DockerState.Container, listeners: [Int32]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The caller waits until nobody holds its output any more.
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, "\(store.folder)/\(container.id).log", O_CREAT | O_WRONLY, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let words =
            ["drydock", "docker-stand-in", Self.serving, container.id]
            + listeners.map { String($0) }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        guard posix_spawn(&child, "/proc/self/exe", &actions, nil, &arguments, environ) == 0 else {
            throw DockerRefusal("docker: the container does not start.", status: 125)
        }
        return child
    }

    /// What the program is told in place of a command of docker's.
    static let serving = "serve-container"

    /// - Parameter words: The container's id, and the descriptors of its ports.
    func serveContainer(_ words: [String]) throws {
        let state = store.read()
        guard let id = words.first, let found = state.container(id),
            let image = state.image(state.containers[found].imageID)
        else { throw DockerRefusal("There is no such container.") }
        let profile = try state.images[image].profile()
        let container = state.containers[found]
        let servers = zip(container.ports, words.dropFirst().compactMap { Int32($0) }).map {
            port, listener in
            (
                PageServer(
                    port: UInt16(port.host), containerPort: port.container, profile: profile,
                    image: container.image), listener
            )
        }
        serve(servers)
    }

    private func update(
        _ id: String, _ change: (inout DockerState.Container) -> Void
    ) throws {
        try store.change { state in
            guard let found = state.containers.firstIndex(where: { $0.id == id }) else { return }
            change(&state.containers[found])
        }
    }

    private func image(named name: String) throws -> DockerImage {
        var state = store.read()
        if state.image(name) == nil {
            tell("Unable to find image '\(DockerImage.full(name))' locally")
            try pull([name])
            state = store.read()
        }
        guard let found = state.image(name) else {
            throw DockerRefusal("docker: Error: No such image: \(name)", status: 125)
        }
        return state.images[found]
    }

    /// `8080:80`, `127.0.0.1:8080:80`, `8080:80/tcp`.
    private static func port(_ text: String) throws -> DockerState.Container.Port {
        let parts = text.split(separator: "/")[0].split(separator: ":")
        guard parts.count >= 2, let host = UInt16(parts[parts.count - 2]),
            let inside = UInt16(parts[parts.count - 1]), host > 0
        else {
            throw DockerRefusal(
                "Drydock's docker stand-in does not understand -p \(text); write "
                    + "-p HOST:CONTAINER.",
                status: 125)
        }
        return .init(host: Int(host), container: Int(inside))
    }

    // MARK: looking after them

    func list(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "ps", valued: ["format", "filter/f"],
            flags: ["quiet/q", "all/a", "no-trunc"])
        let filters = options.all("filter").map {
            $0.split(separator: "=", maxSplits: 1).map(String.init)
        }
        for filter in filters where filter.count != 2 || !["name", "ancestor"].contains(filter[0]) {
            throw DockerRefusal.lacks("ps --filter \(filter.joined(separator: "="))")
        }
        if options["format"] == nil, !options.has("quiet") {
            print("CONTAINER ID\tIMAGE\tSTATUS\tPORTS\tNAMES")
        }
        for container in store.read().containers where container.isRunning || options.has("all") {
            let isWanted = filters.allSatisfy {
                $0[0] == "name" ? container.name.contains($0[1]) : container.image == $0[1]
            }
            guard isWanted else { continue }
            let id = options.has("no-trunc") ? container.id : String(container.id.prefix(12))
            let ports = container.ports.map { "0.0.0.0:\($0.host)->\($0.container)/tcp" }
            let fields: [(String, String)] = [
                ("ID", id), ("Image", container.image),
                ("Status", container.isRunning ? "Up" : "Exited (143)"),
                ("Ports", ports.joined(separator: ", ")), ("Names", container.name),
            ]
            try printRow(fields, id: id, options)
        }
    }

    func logs(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "logs", valued: ["tail/n", "since"], flags: ["follow/f", "timestamps/t"])
        let container = try container(options.rest.first ?? "")
        let log = FileManager.default.contents(atPath: "\(store.folder)/\(container.id).log")
        FileHandle.standardOutput.write(log ?? Data())
    }

    func stop(_ words: [String], _ command: String) throws {
        let options = try DockerOptions(words, of: command, valued: ["time/t", "signal/s"])
        for name in options.rest {
            try end(try container(name))
            print(name)
        }
    }

    func removeContainers(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "rm", valued: [], flags: ["force/f", "volumes/v"])
        for name in options.rest {
            let known = store.read()
            guard known.container(name) != nil || !options.has("force") else {
                tell("Error response from daemon: No such container: \(name)")
                continue
            }
            let container = try container(name)
            guard !container.isRunning || options.has("force") else {
                throw DockerRefusal(
                    "Error response from daemon: cannot remove container \"/\(container.name)\": "
                        + "container is running: stop the container before removing or force "
                        + "remove")
            }
            try end(container)
            try store.change { state in state.containers.removeAll { $0.id == container.id } }
            print(name)
        }
    }

    private func end(_ container: DockerState.Container) throws {
        if container.isRunning { kill(container.process, SIGTERM) }
        try store.change { state in
            guard let found = state.containers.firstIndex(where: { $0.id == container.id }) else {
                return
            }
            state.containers[found].process = 0
            if container.isRemovedAtEnd { state.containers.remove(at: found) }
        }
    }

    private func container(_ name: String) throws -> DockerState.Container {
        let state = store.read()
        guard let found = state.container(name) else {
            throw DockerRefusal("Error response from daemon: No such container: \(name)")
        }
        return state.containers[found]
    }

    // MARK: inspect

    func inspect(_ words: [String], of kind: String?) throws {
        let options = try DockerOptions(
            words, of: "inspect", valued: ["format/f", "type"], flags: ["size/s"])
        let state = store.read()
        var found: [WireValue] = []
        for name in options.rest {
            if kind != "image", let index = state.container(name) {
                found.append(Self.description(of: state.containers[index]))
            } else if kind != "container", let index = state.image(name) {
                found.append(try Self.description(of: state.images[index]))
            } else {
                if options["format"] == nil { print("[]") }
                throw DockerRefusal("Error: No such \(kind ?? "object"): \(name)")
            }
        }
        if let format = options["format"] {
            for value in found { print(try Template(text: format).fill(value)) }
        } else {
            print(WireValue.list(found).asJSON.text(), terminator: "")
        }
    }

    private static func description(of image: DockerImage) throws -> WireValue {
        let config = try JSONReader.read(Array(image.configuration.config.line().utf8))
        return .object([
            .init("Id", .string(image.id)),
            .init("RepoTags", .list(image.names.map { .string($0) })),
            .init("RepoDigests", .list(image.digests.map { .string($0) })),
            .init("Created", .string("1970-01-01T00:00:00Z")), .init("Config", config),
            .init("Architecture", .string(image.configuration.architecture)),
            .init("Os", .string("linux")), .init("Size", .int(image.sizeBytes)),
        ])
    }

    private static func description(of container: DockerState.Container) -> WireValue {
        .object([
            .init("Id", .string(container.id)), .init("Name", .string("/" + container.name)),
            .init("Image", .string(container.imageID)),
            .init("Config", .object([.init("Image", .string(container.image))])),
            .init(
                "State",
                .object([
                    .init("Status", .string(container.isRunning ? "running" : "exited")),
                    .init("Running", .bool(container.isRunning)),
                    .init("Pid", .int(Int(container.process))),
                ])),
        ])
    }
}
