import ArgumentParser
import Experiments
import Reports

struct FidelityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fidelity",
        abstract: "Shows where moments measured on real accounts fall in the model.",
        discussion: """
            Each trace of a real deployment that comes with Drydock is played with many seeds, \
            and each of its moments is looked up among those of the model. The same seeds give \
            the same table. It takes some seconds.

            Examples:
              drydock fidelity
              drydock fidelity --seeds 100 --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: "How many runs of each trace.")
    var seeds = 1000

    @Option(help: "How to print the result: text or json.")
    var format = Format.text

    @OptionGroup var looks: TextChoices

    func validate() throws {
        guard (1...100_000).contains(seeds) else {
            throw ValidationError("--seeds must be a number from 1 to 100000.")
        }
    }

    func run() throws {
        let console = Console()
        let result = try orStop {
            try Fidelity(of: try Trace.builtInTraces(), seeds: seeds) { console.tell($0) }
        }
        console.clear()
        print(
            format == .json ? result.json() : result.text(looks.options(for: console)),
            terminator: "")
    }
}
