import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Store
import UnixSignals

/// A cloud behind one port: AWS's operations, the load balancers and the control API.
public struct DrydockServer: Sendable {
    /// Where a server can be reached.
    public struct Address: Sendable {
        public let host: String
        public let port: Int
        /// What the control API asks for, if others than this machine can reach it.
        public let token: String?
        /// Sentences about images that were kept and are not as they were.
        public let notes: [String]
        public var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    }

    /// Why a server does not start, in a sentence with the way out.
    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    /// Connections at a time; more wait until one is free. Fewer where the machine allows fewer
    /// open files: one that cannot be opened would end the server.
    private static func connections() -> Int {
        var limit = rlimit()
        guard getrlimit(Self.openFiles, &limit) == 0 else { return 512 }
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 8192))
        setrlimit(Self.openFiles, &limit)
        getrlimit(Self.openFiles, &limit)
        return max(16, min(4096, Int(clamping: limit.rlim_cur) - 128))
    }

    #if canImport(Glibc)
        private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let openFiles = RLIMIT_NOFILE
    #endif

    let settings: ServerSettings

    public init(_ settings: ServerSettings) { self.settings = settings }

    /// Serves until the process is told to stop, by SIGTERM or SIGINT.
    ///
    /// - Parameter isReady: Called once, when it answers.
    /// - Throws: A ``Problem`` if it cannot start.
    public func run(isReady: @escaping @Sendable (Address) async -> Void) async throws {
        if settings.isOpen, settings.credentials == nil {
            throw Problem(
                description: "With --host \(settings.host) others can reach the server, so their "
                    + "signatures must be checked: add --credentials FILE, or leave --host out.")
        }
        do {
            try await serve(isReady)
        } catch {
            throw problem(error)
        }
    }

    /// Requests are read and answers written on these threads; the world takes one call after the
    /// other, so that more than a few would wait for it. They are never shut down: connections that
    /// end late still need them.
    private static let loops = MultiThreadedEventLoopGroup(
        numberOfThreads: min(4, System.coreCount))

    private func serve(_ isReady: @escaping @Sendable (Address) async -> Void) async throws {
        let state = try openState()
        let blobs = try BlobStore(settings.images ?? settings.state.map { $0 + ".images" })
        defer { blobs.close() }
        let world = World(settings, blobs: blobs, state: state)
        var notes = state?.notes ?? []
        if let state {
            notes += await world.tidyAfterOpening()
            await world.liveThrough(since: state.wallMilliseconds)
        } else {
            notes += await world.restoreImages()
        }
        var configuration = ServiceGroupConfiguration(
            services: services(of: world, notes: notes, isReady),
            gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.logger)
        // Whoever is kept waiting by a load balancer that drops packets need not wait any longer.
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            await world.closeState()
            throw error
        }
        await world.closeState()
    }

    /// - Returns: `nil` if the cloud is kept in memory.
    private func openState() throws -> StateFile.Opened? {
        guard let path = settings.state else { return nil }
        let settings = settings
        return try StateFile.open(path, wallMilliseconds: WallClock.calendarMilliseconds) {
            Moment(cloud: World.cloud(settings))
        }
    }

    /// Serves in this process for as long as something else runs, and takes no signals.
    ///
    /// - Parameter body: What runs; it is told where it is served, and sees behind the scenes.
    /// - Throws: A ``Problem`` if the server cannot start, and what `body` throws.
    package func run<Value: Sendable>(
        while body: @escaping @Sendable (Address, Backstage) async throws -> Value
    ) async throws -> Value {
        let blobs = try BlobStore(settings.images)
        defer { blobs.close() }
        let world = World(settings, blobs: blobs)
        let (ready, opened) = AsyncStream.makeStream(of: Address.self)
        let play = Play(ready: ready) { try await body($0, Backstage(world: world)) }
        var configuration = ServiceGroupConfiguration(
            services: services(of: world) { opened.yield($0) } + [
                .init(
                    service: play, successTerminationBehavior: .gracefullyShutdownGroup,
                    serviceName: "play")
            ], logger: Self.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            throw problem(error)
        }
        guard let value = await play.value else { throw CancellationError() }
        return value
    }

    /// What goes wrong is answered or thrown; a log that nobody reads costs time in each call.
    private static let logger = Logger(label: "drydock") { _ in SwiftLogNoOpLogHandler() }

    /// What runs for as long as the server does. Each has a name: to find one for itself, the group
    /// looks into everything that a service holds, which took a tenth of the start (callgrind).
    private func services(
        of world: World, notes: [String] = [],
        _ isReady: @escaping @Sendable (Address) async -> Void
    ) -> [ServiceGroupConfiguration.ServiceConfiguration] {
        let logger = Self.logger
        let token = settings.isOpen ? Self.makeToken() : nil
        let edge = Edge(world: world, token: token)
        let host = settings.host
        let server = edge.server(
            ServerConfiguration(
                address: .hostname(host, port: settings.port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connections())),
            group: Self.loops, logger: logger
        ) { channel in
            let port = channel.localAddress?.port ?? 0
            await world.opened(at: port)
            await isReady(Address(host: host, port: port, token: token, notes: notes))
        }
        let curtain = Curtain(world: world)
        let ports = ListenerPorts(edge: edge, host: host, group: Self.loops, logger: logger)
        return [.init(service: curtain, serviceName: "curtain")]
            + (settings.listenerPorts ? [.init(service: ports, serviceName: "listeners")] : [])
            + [.init(service: server, serviceName: "server")]
    }

    static func makeToken() -> String {
        (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    private func problem(_ error: any Error) -> any Error {
        if let error = error as? StoreProblem { return Problem(description: error.description) }
        if let error = error as? Disk.Failure { return Problem(description: error.description) }
        guard let error = error as? IOError else { return error }
        switch error.errnoCode {
        case EADDRINUSE:
            let owner = PortOwner.name(ofPort: settings.port).map { "by \($0)" } ?? "already"
            return Problem(
                description: "Port \(settings.port) is taken \(owner); choose another one with "
                    + "--port, or any that is free with --port 0.")
        case EACCES, EPERM:
            return Problem(
                description: "There is no permission to listen on port \(settings.port); choose "
                    + "one from 1024 on with --port, or any that is free with --port 0.")
        case EADDRNOTAVAIL:
            return Problem(
                description: "\(settings.host) is no address of this machine; leave --host out to "
                    + "serve this machine alone.")
        default: return Problem(description: "The server cannot listen: \(error).")
        }
    }
}

/// Something that a server runs for.
private actor Play<Value: Sendable>: Service {
    private let ready: AsyncStream<DrydockServer.Address>
    private let body: @Sendable (DrydockServer.Address) async throws -> Value
    private(set) var value: Value?

    init(
        ready: AsyncStream<DrydockServer.Address>,
        body: @escaping @Sendable (DrydockServer.Address) async throws -> Value
    ) {
        self.ready = ready
        self.body = body
    }

    func run() async throws {
        for await address in ready {
            value = try await body(address)
            return
        }
    }
}

/// Lets those go who look on without end, when the server stops.
private struct Curtain: Service {
    let world: World

    func run() async throws {
        try? await gracefulShutdown()
        await world.closeTimeline()
    }
}
