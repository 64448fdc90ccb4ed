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

    @OptionGroup var play: ScenarioChoices

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

    @OptionGroup var looks: TextChoices

    func validate() throws {
        if let at, !(0...604_800).contains(at) {
            throw ValidationError("--at must be a number of seconds from 0 to 604800.")
        }
    }

    func run() throws {
        let story = try ScenarioFile(play.scenario).scenario(settings: play.settings)
        let still = try orStop {
            try Still(of: story, atSeconds: at, seed: play.seed, idSeed: play.idSeed)
        }
        let diagram = still.diagram(network: network, in: looks.language)
        let console = Console()
        let text =
            switch format {
            case .svg: diagram.svgFile()
            case .mermaid: diagram.mermaid()
            case .dot: diagram.dot()
            case .text:
                diagram.text(
                    looks.options(
                        for: console, hasColour: console.hasColour && output == nil))
            }
        if let output { try write(text, to: output) } else { print(text, terminator: "") }
    }
}
