import ArgumentParser
import Experiments
import Reports

struct DrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "Draws how the parts of a scenario's cloud play together at an instant.",
        discussion: """
            Repository, images, task definition, service, deployments, tasks, target group and \
            load balancer, and who answers which share of the requests; or, with --network, the \
            subnets, the ways out, and who may talk to whom. Tasks that are alike are drawn as one.

            Examples:
              drydock draw
              drydock draw refcard-01 --at 80 --format svg --output refcard.svg
              drydock draw --set service.desiredCount=100 --format mermaid
              drydock draw --network --format dot | dot -Tpdf > network.pdf
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, svg, mermaid, dot }

    @Argument(help: "A YAML file, or the name of a built-in scenario.")
    var scenario = "refcard-01"

    @Option(
        help: """
            Seconds after the deployment's call. Without it the middle of the time in which both \
            versions can be reached.
            """)
    var at: Double?

    @Flag(help: "Draw the network instead.")
    var network = false

    @Option(help: "What to draw: text, svg, mermaid or dot.")
    var format = Format.text

    @Option(help: "Write to this file instead of the terminal.")
    var output: String?

    @Option(help: "Decides delays and choices.")
    var seed: UInt64 = 1

    @Option(help: "Decides ids and names; another --seed leaves them as they are.")
    var idSeed: UInt64 = 1

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Change one value of the scenario, such as service.minimumHealthyPercent=50.")
    var settings: [String] = []

    @Option(help: "The language of the labels: en or de.")
    var language = Language.english

    @Option(help: "How many columns a text may take; the terminal's width if left out.")
    var width: Int?

    @Flag(help: "Draw a text with ASCII characters only.")
    var ascii = false

    func validate() throws {
        if let width, width < 60 {
            throw ValidationError("--width must be at least 60; leave it out for the terminal's.")
        }
        if let at, !(0...604_800).contains(at) {
            throw ValidationError("--at must be a number of seconds from 0 to 604800.")
        }
    }

    func run() throws {
        let story = try ScenarioFile(scenario).scenario(settings: settings)
        let still = try orStop {
            try Still(of: story, atSeconds: at, seed: seed, idSeed: idSeed)
        }
        let diagram = still.diagram(network: network, in: language)
        let console = Console()
        let text =
            switch format {
            case .svg: diagram.svgFile()
            case .mermaid: diagram.mermaid()
            case .dot: diagram.dot()
            case .text:
                diagram.text(
                    TextOptions(
                        width: width ?? console.width, ascii: ascii,
                        colour: console.hasColour && output == nil, language: language))
            }
        if let output { try write(text, to: output) } else { print(text, terminator: "") }
    }
}
