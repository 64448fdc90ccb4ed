import ArgumentParser
import Foundation
import Rehearsal

/// What `docker` is inside of `drydock exec`; nothing that people call.
struct DockerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docker-stand-in",
        abstract: "Is docker for the commands that drydock exec runs.",
        discussion: "Example: drydock exec -- docker build -t web .", shouldDisplay: false)

    @Argument(parsing: .captureForPassthrough, help: "What stands behind docker.")
    var words: [String] = []

    func run() throws {
        let status = DockerStandIn.run(words)
        fflush(nil)
        if status != 0 { throw ExitCode(status) }
    }
}
