import ArgumentParser
import Cloud
import Experiments
import Reports

struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Plays a running service's deployment forward, as it is and with other settings.",
        discussion: """
            The cloud of a running server or of a state file is copied, and a deployment of the \
            service is played many times from now on: with its settings as they are and, with the \
            same seeds, with those of --set. The cloud itself stays as it is. While a deployment \
            is under way it is that one, on to its end.

            Settings are those of UpdateService (minimumHealthyPercent, maximumPercent, \
            desiredCount, ...), of the target groups (healthCheckIntervalSeconds, \
            deregistration_delay.timeout_seconds, ...) and of the task definition (cpu, memory); \
            docs/predict.md has them all.

            Examples:
              drydock predict --service web
              drydock predict --service web --set minimumHealthyPercent=50 --set maximumPercent=100
              drydock predict --service web --set cpu=512 --set memory=1024 --trials 500
              drydock predict --service web --state drydock.db --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: "The service's name or ARN.")
    var service: String

    @Option(help: "The cluster's name or ARN; needed if there are several services of that name.")
    var cluster: String?

    @Option(help: "Whose service it is; needed if several accounts have one of that name.")
    var account: String?

    @Option(help: "Where the service is; needed if several regions have one of that name.")
    var region: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Change a setting, such as minimumHealthyPercent=50; may be given more than once.")
    var settings: [String] = []

    @Option(help: "How many times to play each side.")
    var trials = 100

    @Option(help: "Decides delays and choices of the first trial; each other one has the next.")
    var seed: UInt64 = 1

    @Flag(help: "Begin a new deployment even while one is under way.")
    var new = false

    @Option(help: "What counts as a version: version (the image) or revision (the service's).")
    var by = Watch.Version.version

    @Option(help: "How to print the result: text or json.")
    var format = Format.text

    @OptionGroup var server: ServerChoices
    @OptionGroup var looks: TextChoices

    func validate() throws {
        guard (1...Predictor.mostTrials).contains(trials) else {
            throw ValidationError("--trials must be a number from 1 to \(Predictor.mostTrials).")
        }
        guard seed <= UInt64(Int.max) else {
            throw ValidationError("--seed must be a number from 0 to \(Int.max).")
        }
    }

    func run() async throws {
        if let state = server.state {
            let prediction = try predict(try server.look(into: state) { try $0.lastCloud() })
            let options = looks.options(for: Console())
            print(format == .json ? prediction.json() : prediction.text(options), terminator: "")
            return
        }
        let text =
            format == .json
            ? try await server.ask("predict", body: body)
            : try await server.askForText("predict", body: body, looks)
        print(text, terminator: "")
    }

    /// The question as the server reads it.
    private var body: JSON {
        .object([
            "service": .string(service), "cluster": cluster.map(JSON.string) ?? .null,
            "account": account.map(JSON.string) ?? .null,
            "region": region.map(JSON.string) ?? .null,
            "set": .array(settings.map(JSON.string)), "trials": .number(String(trials)),
            "seed": .number(String(seed)), "new": new ? .true : .false,
            "by": .string(by.rawValue),
        ])
    }

    private func predict(_ cloud: Cloud) throws -> Prediction {
        var question = Prediction.Question(service: service)
        question.cluster = cluster
        question.account = account
        question.region = region
        question.settings = settings
        question.trials = trials
        question.seed = seed
        question.forcesNew = new
        question.by = by
        do throws(PredictionProblem) {
            return try Prediction(question, of: cloud)
        } catch {
            throw Stop(error.description)
        }
    }
}
