import ArgumentParser
import Server

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
            return try orStop { try StateTransfer.importing(file, to: state) }
        }
        try await server.upload(file, to: "import")
    }
}
