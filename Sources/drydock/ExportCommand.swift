import ArgumentParser
import Server

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
            return try orStop { try StateTransfer.export(state, to: file) }
        }
        try await server.download("export", to: file)
    }
}
