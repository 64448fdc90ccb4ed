import ArgumentParser
import Experiments
import Foundation
import Reports

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Plays a scenario once and measures its deployment.",
        discussion: """
            A scenario is a YAML file, or the name of one that comes with Drydock. The same \
            scenario and seed give the same result, byte by byte.

            Examples:
              drydock run
              drydock run refcard-01 --set service.desiredCount=2 --seed 7
              drydock run --show refcard-01 > mine.yaml
              drydock run mine.yaml --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

    @Argument(help: "A YAML file, or the name of a built-in scenario.")
    var scenario = "refcard-01"

    @Flag(help: "List the built-in scenarios and stop.")
    var list = false

    @Flag(help: "Print the scenario's YAML and stop.")
    var show = false

    @Option(help: "How to print the result: text, json or csv.")
    var format = Format.text

    @Option(help: "Also write the result as one web page to this file.")
    var html: String?

    @Option(help: "Decides delays and choices.")
    var seed: UInt64 = 1

    @Option(help: "Decides ids and names; another --seed leaves them as they are.")
    var idSeed: UInt64 = 1

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Change one value of the scenario, such as service.minimumHealthyPercent=50.")
    var settings: [String] = []

    @Option(help: "What counts as a version: version (the image) or revision (the service's).")
    var by = Watch.Version.version

    @Flag(help: "Print the service's events, too.")
    var events = false

    @Option(help: "The language of the report: en or de.")
    var language = Language.english

    @Option(help: "How many columns the report may take; the terminal's width if left out.")
    var width: Int?

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    func validate() throws {
        if let width, width < 60 {
            throw ValidationError("--width must be at least 60; leave it out for the terminal's.")
        }
    }

    func run() throws {
        if list { return printList() }
        let (yaml, file) = try source()
        if show { return print(yaml, terminator: "") }

        let story = try orStop {
            try Scenario(yaml: yaml, file: file, settings: settings)
        }
        let experiment = Experiment(story, seed: seed, idSeed: idSeed, by: by)
        let console = Console()
        let result = try orStop { try experiment.run { console.tell($0, of: story) } }
        console.clear()

        if let html { try write(result.html(in: language), to: html) }
        switch format {
        case .json: print(result.json(), terminator: "")
        case .csv: print(result.csv(), terminator: "")
        case .text:
            print(
                result.text(
                    TextOptions(
                        width: width ?? console.width, ascii: ascii, colour: console.hasColour,
                        events: events, language: language)), terminator: "")
        }
    }

    private func printList() {
        let width = Scenario.builtIn.map(\.name.count).max() ?? 0
        for known in Scenario.builtIn {
            let title = (try? Scenario(builtIn: known.name))?.title ?? ""
            let name = known.name.padding(toLength: width, withPad: " ", startingAt: 0)
            print("\(name)  \(title)")
        }
    }

    /// The scenario's text, and its name in messages.
    private func source() throws -> (yaml: String, file: String) {
        if let known = Scenario.builtIn.first(where: { $0.name == scenario }) {
            return (known.yaml, "\(known.name).yaml")
        }
        guard FileManager.default.fileExists(atPath: scenario) else {
            throw Stop(
                "There is no built-in scenario and no file called \"\(scenario)\"; "
                    + "drydock run --list names the built-in ones.")
        }
        guard let data = FileManager.default.contents(atPath: scenario),
            let yaml = String(data: data, encoding: .utf8)
        else { throw Stop("\(scenario) cannot be read as UTF-8 text.") }
        return (yaml, scenario)
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw Stop("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}

extension Watch.Version: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}

/// A reason to stop, in one sentence. The exit status is 1.
struct Stop: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Turns a problem of the scenario into a reason to stop.
private func orStop<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let problem as ScenarioProblem {
        throw Stop(problem.description)
    }
}
