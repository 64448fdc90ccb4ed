import ArgumentParser
import Experiments
import Foundation
import Reports
import Store

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
              drydock run --save results.db
              drydock run --sensitivity
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

    @OptionGroup var play: ScenarioChoices

    @Flag(help: "List the built-in scenarios and stop.")
    var list = false

    @Flag(help: "Print the scenario's YAML and stop.")
    var show = false

    @Option(help: "How to print the result: text, json or csv.")
    var format = Format.text

    @Option(help: "Also write the result as one web page to this file.")
    var html: String?

    @Option(help: "Also keep the result in this state file, to be asked with SQL.")
    var save: String?

    @Option(help: "What counts as a version: version (the image) or revision (the service's).")
    var by = Watch.Version.version

    @Flag(help: "Print the service's events, too.")
    var events = false

    @Flag(help: "Show how much each point that no source settles moves the result.")
    var sensitivity = false

    @Option(help: "With --sensitivity: how many seeds to play, from --seed on.")
    var seeds = 20

    @OptionGroup var looks: TextChoices

    func validate() throws {
        guard (1...10_000).contains(seeds) else {
            throw ValidationError("--seeds must be a number from 1 to 10000.")
        }
        if sensitivity, format == .csv || html != nil || save != nil {
            throw ValidationError("--sensitivity is printed as text or json, and not kept.")
        }
    }

    func run() throws {
        if list { return printList() }
        let source = try ScenarioFile(play.scenario)
        if show { return print(source.yaml, terminator: "") }

        let story = try source.scenario(settings: play.settings)
        if sensitivity { return try printSensitivity(of: story) }
        let experiment = Experiment(story, seed: play.seed, idSeed: play.idSeed, by: by)
        let console = Console()
        let result = try orStop { try experiment.run { console.tell($0, of: story) } }
        console.clear()

        if let save { try keep(result, in: save) }
        if let html { try write(result.html(in: looks.language), to: html) }
        switch format {
        case .json: print(result.json(), terminator: "")
        case .csv: print(result.csv(), terminator: "")
        case .text: print(result.text(looks.options(for: console, events: events)), terminator: "")
        }
    }

    private func keep(_ result: RunResult, in path: String) throws {
        let trial = RunStore.Trial(
            seed: result.seed, deployments: result.deployments.map { ($0, $0.json()) })
        let run = RunStore.Run(
            command: "run", scenario: result.scenario, settings: play.settings, trials: [trial])
        try orStop {
            let store = try RunStore(path)
            try store.save(run, wallMilliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            try store.close()
        }
    }

    private func printSensitivity(of story: Scenario) throws {
        let console = Console()
        let many = (0..<UInt64(seeds)).map { play.seed &+ $0 }
        let result = try orStop {
            try Sensitivity(of: story, seeds: many, by: by) { console.tell("\(story.name): \($0)") }
        }
        console.clear()
        print(
            format == .json ? result.json() : result.text(looks.options(for: console)),
            terminator: "")
    }

    private func printList() {
        let width = Scenario.builtIn.map(\.name.count).max() ?? 0
        for known in Scenario.builtIn {
            let scenario = try? Scenario(builtIn: known.name)
            let title = scenario.map { looks.language.lesson(of: $0).title } ?? ""
            let name = known.name.padding(toLength: width, withPad: " ", startingAt: 0)
            print("\(name)  \(title)")
        }
    }
}

extension Watch.Version: ExpressibleByArgument {}
