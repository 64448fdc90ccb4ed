import ArgumentParser
import Foundation
import Server
import Store

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Packs a cloud with its images and its history into one file.",
        discussion: """
            Examples:
              drydock export class.drydock
              drydock export class.drydock --state drydock.db
            """)

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String

    @OptionGroup var server: ServerChoices

    func run() async throws {
        if let state = server.state {
            return try transferring { try StateTransfer.export(state, to: file) }
        }
        try await server.download("export", to: file)
    }
}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes in a cloud that drydock export has packed.",
        discussion: """
            It takes the place of a running server's cloud; if that is kept in a file, the cloud \
            before stays in a file beside it. With --state it becomes a new file to serve.

            Examples:
              drydock import class.drydock
              drydock import class.drydock --state new.db
            """)

    @Argument(help: "The file that drydock export has written.")
    var file: String

    @OptionGroup var server: ServerChoices

    func run() async throws {
        if let state = server.state {
            return try transferring { try StateTransfer.importing(file, to: state) }
        }
        try await server.upload(file, to: "import")
    }
}

/// - Throws: A ``Stop`` for what people can do something about.
private func transferring(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let problem as DrydockServer.Problem {
        throw Stop(problem.description)
    } catch let problem as StoreProblem {
        throw Stop(problem.description)
    }
}
