import ArgumentParser
import Cloud
import Experiments
import Foundation
import Reports
import Server
import Simulation
import Store

struct RewindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewind",
        abstract: "Shows a cloud as it was, or goes on from there.",
        discussion: """
            A running server shows its past until it is told to go back to now: its clock stands, \
            everything can be asked, and nothing can be changed. With --fork it goes on from \
            there, and the present is kept in a file beside its own. Of a file, what there was is \
            drawn, or begun anew in another file.

            Examples:
              drydock rewind --to 10m
              drydock rewind --to now
              drydock rewind --to 10m --fork
              drydock rewind --to 2026-11-30T12:00:00Z --state drydock.db
              drydock rewind --to 90 --state drydock.db --fork --output then.db
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(
        help: """
            The instant: seconds since the clock's start (90, 1h30m), one of the calendar, or now.
            """)
    var to: String

    @Flag(help: "Go on from there.")
    var fork = false

    @Option(help: "With --state and --fork: the new file.")
    var output: String?

    @Option(help: "How to print what there was in a file: text or json.")
    var format = Format.text

    @OptionGroup var server: ServerChoices
    @OptionGroup var looks: TextChoices

    func validate() throws {
        guard WrittenInstant(to) != nil else {
            throw ValidationError("\"\(to)\" is no instant; write \(WrittenInstant.forms).")
        }
        if server.state != nil, fork != (output != nil) {
            throw ValidationError("A fork of a file needs both --fork and --output FILE.")
        }
        if server.state == nil, output != nil {
            throw ValidationError("--output is for --state; a server keeps what it gives up.")
        }
    }

    func run() async throws {
        if let state = server.state { return try rewind(state) }
        let answer = try await server.ask(
            "rewind", body: .object(["to": .string(to), "fork": .bool(fork)]))
        if format == .json { return print(answer, terminator: "") }
        print(try Rewound(answer).sentence)
    }

    private func rewind(_ state: String) throws {
        if let output {
            let instant: Instant = try server.look(into: state) { reader in
                try reader.instant(to, last: try reader.lastCloud())
            }
            try orStop { try StateTransfer.fork(state, at: instant, to: output) }
            return print("drydock serve --state \(output) goes on from there.")
        }
        let cloud: Cloud = try server.look(into: state) { reader in
            try reader.cloud(at: to, last: try reader.lastCloud())
        }
        if format == .json { return print(CloudOverview(of: cloud).json.text()) }
        draw(cloud)
    }

    /// Each service with what belongs to it.
    private func draw(_ cloud: Cloud) {
        let console = Console()
        let options = looks.options(for: console, hasColour: console.hasColour)
        var isFirst = true
        for (id, service) in cloud.containers.services where service.status != .inactive {
            if !isFirst { print() }
            isFirst = false
            let picture = CloudPicture(Watch(service: id, in: cloud), in: cloud)
            let caption = "\(service.name), \(cloud.now.sinceStart.seconds3) s"
            print(
                picture.diagram(caption, in: looks.language).text(options), terminator: "")
        }
        if isFirst { print("There is no service at \(cloud.now.sinceStart.seconds3) s.") }
    }
}

/// What a server answers to a rewind.
private struct Rewound: Decodable {
    var now: Double
    var lookingBack: Bool
    var present: Double?
    var kept: String?

    init(_ json: String) throws {
        self = try JSONDecoder().decode(Rewound.self, from: Data(json.utf8))
    }

    var sentence: String {
        if let kept {
            return "The server goes on from \(seconds(now)) s. What came later is kept in \(kept)."
        }
        guard lookingBack, let present else {
            return "The server is in the present, at \(seconds(now)) s."
        }
        return "The server shows its cloud as it was at \(seconds(now)) s, and changes nothing; "
            + "drydock rewind --to now goes back to \(seconds(present)) s."
    }

    private func seconds(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}
