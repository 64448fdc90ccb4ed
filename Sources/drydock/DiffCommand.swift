import ArgumentParser
import Experiments
import Foundation
import Reports
import Store

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tells what changed in a cloud between two instants.",
        discussion: """
            Services and their deployments and tasks, images and tags, load balancers, targets, \
            networks, roles, logs: what has come, gone or changed, account by account and region \
            by region. Instants are seconds since the clock's start (90, 90s, 1h30m), instants of \
            the calendar (2026-11-30T12:00:00Z) or now. What came and went in between is not seen.

            Examples:
              drydock diff 10m now
              drydock diff 2026-11-30T12:00:00Z 2026-11-30T12:05:00Z --format json
              drydock diff 0 now --state drydock.db
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "The first instant.")
    var from: String

    @Argument(help: "The second one.")
    var to = "now"

    @Option(help: "How to print the result: text or json.")
    var format = Format.text

    @OptionGroup var server: ServerChoices
    @OptionGroup var looks: TextChoices

    func validate() throws {
        for text in [from, to] where WrittenInstant(text) == nil {
            throw ValidationError("\"\(text)\" is no instant; write \(WrittenInstant.forms).")
        }
    }

    func run() async throws {
        if let state = server.state {
            let differences = try server.look(into: state) { reader in
                let last = try reader.lastCloud()
                return Differences(
                    try reader.cloud(at: from, last: last), try reader.cloud(at: to, last: last))
            }
            let options = looks.options(for: Console())
            print(
                format == .json ? differences.json() : differences.text(options), terminator: "")
            return
        }
        let path = "diff?from=\(Self.escaped(from))&to=\(Self.escaped(to))"
        let text =
            format == .json
            ? try await server.ask(path) : try await server.askForText(path, looks)
        print(text, terminator: "")
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
