import ArgumentParser
import Cloud
import Experiments
import Foundation
import Reports
import Server
import Simulation
import Store

/// Whose cloud a command is about: a running server's, or that of a file.
struct ServerChoices: ParsableArguments {
    @Option(
        help: """
            The address of the running server; without it $AWS_ENDPOINT_URL, or else \
            http://127.0.0.1:4566.
            """)
    var endpoint: String?

    @Option(help: "The file of a state, as drydock serve --state keeps it, in place of a server.")
    var state: String?

    @Option(
        help: """
            The token of the control API, which the server prints at its start if others can reach \
            it; without it $DRYDOCK_TOKEN.
            """)
    var token: String?

    func validate() throws {
        if state != nil, endpoint != nil {
            throw ValidationError("--state and --endpoint exclude each other.")
        }
    }

    /// Asks the server's control API.
    func ask(
        _ path: String, body: JSON? = nil, accept type: String = "application/json"
    ) async throws -> String {
        try await calling { try await $0.ask(path, body: body?.text(), accept: type) }
    }

    /// Writes what the server answers to a file that is not there yet.
    func download(_ path: String, to file: String) async throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Stop("There is a file \(file) already; name a new one.")
        }
        let bytes = try await calling {
            try await $0.download(path, accept: StateTransfer.parcelType)
        }
        guard FileManager.default.createFile(atPath: file, contents: Data(bytes)) else {
            throw Stop("\(file) cannot be written.")
        }
    }

    /// Sends a file to the server.
    func upload(_ file: String, to path: String) async throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Stop("\(file) cannot be read.")
        }
        _ = try await calling {
            try await $0.upload([UInt8](data), type: StateTransfer.parcelType, to: path)
        }
    }

    private func calling<Answer>(
        _ call: (ControlClient) async throws -> Answer
    ) async throws -> Answer {
        let environment = ProcessInfo.processInfo.environment
        let set = environment["AWS_ENDPOINT_URL"].flatMap { $0.isEmpty ? nil : $0 }
        do {
            let client = try ControlClient(
                endpoint: endpoint ?? set ?? "http://127.0.0.1:4566",
                token: token ?? environment["DRYDOCK_TOKEN"])
            return try await call(client)
        } catch let problem as ControlClient.Problem {
            throw Stop(problem.description)
        }
    }

    /// The same, for people: as it is to look on this terminal.
    func askForText(
        _ path: String, body: JSON? = nil, _ looks: TextChoices
    ) async throws -> String {
        let options = looks.options(for: Console())
        let query =
            "language=\(options.language.rawValue)&width=\(options.width)"
            + "&ascii=\(options.ascii)&colour=\(options.colour)"
        return try await ask(
            path + (path.contains("?") ? "&" : "?") + query, body: body, accept: "text/plain")
    }

    /// Looks into a state file.
    func look<Value>(into path: String, _ body: (StateReader) throws -> Value) throws -> Value {
        try orStop { try body(try StateReader(path)) }
    }
}

extension StateReader {
    /// An instant as people write it, on the clock of a file.
    ///
    /// - Parameter last: The cloud where the file ends.
    func instant(_ text: String, last: Cloud) throws -> Instant {
        guard let instant = WrittenInstant(text)?.instant(epoch: last.epoch, now: last.now) else {
            throw Stop("The clock started at \(last.epoch.iso8601), and \(text) is before that.")
        }
        guard instant <= last.now else {
            throw Stop("\(text) is later than what is written down, which ends at \(last.now) s.")
        }
        return instant
    }

    /// The cloud at such an instant.
    func cloud(at text: String, last: Cloud) throws -> Cloud {
        let instant = try instant(text, last: last)
        return instant == last.now ? last : try cloud(at: instant)
    }
}
