import ArgumentParser
import CloudAPI
import Foundation
import Rehearsal
import Server

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers the AWS CLI, SDKs and browsers on a port of this machine.",
        discussion: """
            The same port takes AWS's calls, requests to load balancers (by their names, and as an \
            HTTP proxy), docker push and pull, and the control API under /_drydock. The cloud is \
            kept in drydock.db in the current folder, and goes on from there the next time. Stops \
            on SIGTERM and SIGINT.

            Examples:
              drydock serve
              drydock serve --in-memory --port 0 --clock manual
              drydock serve --state ~/.drydock/class.db
              export AWS_ENDPOINT_URL=http://127.0.0.1:4566 http_proxy=http://127.0.0.1:4566
            """)

    @Option(help: "The port; 0 takes any that is free.")
    var port = 4566

    @Option(help: "The address to listen on. Any but this machine's own needs --credentials.")
    var host = "127.0.0.1"

    @Flag(help: "Keep the state in memory: it goes with the server.")
    var inMemory = false

    @Option(help: "The file in which the state is kept; drydock.db.")
    var state: String?

    @Option(help: "Whose the calls are that no access key assigns to an account.")
    var account = "000000000000"

    @Option(help: "Where the calls go that name no region.")
    var region = "us-east-1"

    @Option(help: "Virtual seconds in a second, for a clock that flows.")
    var speed = 1.0

    @Option(help: "How time passes: real, manual (by POST /_drydock/clock), or demand.")
    var clock = Pace.Mode.demand

    @Option(help: "Decides delays and choices.")
    var seed: UInt64 = 1

    @Option(help: "Decides ids and names; another --seed leaves them as they are.")
    var idSeed: UInt64 = 1

    @Option(
        help: "The calendar instant at which the clock starts, such as 2026-01-01T00:00:00Z; now.")
    var epoch: String?

    @Option(help: "Check signatures against the keys in this file, written as ~/.aws/credentials.")
    var credentials: String?

    @Option(help: "How repositoryUri names the registry: path or subdomain.")
    var registryHost = ServerSettings.RegistryHost.path

    @Option(help: "Keep what is pushed in this folder; without it, beside the state.")
    var images: String?

    @Option(help: "A file that says how the programs in images behave, beside their labels.")
    var profiles: String?

    @Flag(help: "Give each listener of a load balancer a port of this machine, too.")
    var listenerPorts = false

    @Flag(help: "Print what a shell needs to use this server, to be read by eval, and stop.")
    var printEnv = false

    @Option(help: "Write the same to this file once the server answers, to be read by source.")
    var envFile: String?

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is a number from 0 to 65535.")
        }
        guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw ValidationError("--account is twelve digits.") }
        guard speed.isFinite, (0...1_000_000).contains(speed) else {
            throw ValidationError("--speed is a number from 0 to 1000000.")
        }
        if state != nil, inMemory {
            throw ValidationError("--state and --in-memory exclude each other.")
        }
    }

    func run() async throws {
        if printEnv { return print(environment(at: address), terminator: "") }
        if let envFile, !Self.isWritable(envFile) {
            throw Stop("The file for the environment, \(envFile), cannot be written.")
        }
        let server = DrydockServer(try settings())
        do {
            try await server.run { address in
                if let envFile { try? write(environment(at: address.url), to: envFile) }
                print("Drydock is ready at \(address.url)")
                if let token = address.token { print("Token of the control API: \(token)") }
                for note in address.notes { Console.warn(note) }
                fflush(nil)
            }
        } catch let problem as DrydockServer.Problem {
            throw Stop(problem.description)
        }
    }

    private func settings() throws -> ServerSettings {
        var settings = ServerSettings()
        settings.host = host
        settings.port = port
        settings.account = account
        settings.region = region
        settings.clock = clock
        settings.speed = speed
        settings.seed = seed
        settings.idSeed = idSeed
        settings.registryHost = registryHost
        settings.listenerPorts = listenerPorts
        settings.images = images
        settings.state = inMemory ? nil : state ?? "drydock.db"
        if let profiles { settings.profiles = try read(profiles) }
        if let epoch {
            guard let start = Timestamp(iso8601: epoch) else {
                throw Stop("\"\(epoch)\" is no instant such as 2026-01-01T00:00:00Z.")
            }
            settings.epoch = start
        }
        if let credentials {
            guard let data = FileManager.default.contents(atPath: credentials),
                let text = String(data: data, encoding: .utf8)
            else { throw Stop("The credentials file \(credentials) cannot be read.") }
            do {
                settings.credentials = try Credentials(text)
            } catch {
                throw Stop("\(credentials): \(error.description)")
            }
        }
        return settings
    }

    private func read(_ profiles: String) throws -> ImageProfiles {
        guard let data = FileManager.default.contents(atPath: profiles),
            let text = String(data: data, encoding: .utf8)
        else { throw Stop("The file of profiles \(profiles) cannot be read.") }
        do {
            return try ImageProfiles(text)
        } catch {
            throw Stop("\(profiles): \(error.description)")
        }
    }

    private var address: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// What a shell needs to use this server.
    private func environment(at address: String) -> String {
        ShellEnvironment.text(endpoint: address, region: region, account: account)
    }

    private static func isWritable(_ path: String) -> Bool {
        let files = FileManager.default
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return files.isWritableFile(atPath: files.fileExists(atPath: path) ? path : folder)
    }
}

extension Pace.Mode: ExpressibleByArgument {}
extension ServerSettings.RegistryHost: ExpressibleByArgument {}
