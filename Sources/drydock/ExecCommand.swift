import ArgumentParser
import CloudAPI
import Experiments
import Foundation
import Rehearsal
import Reports
import Server
import Store

struct ExecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Runs a deployment script against a cloud of its own, offline, and judges it.",
        discussion: """
            The command finds an empty AWS account in this process: no real one can be reached. \
            Then comes a verdict: what was deployed, how long both versions could be reached, what \
            was refused, and what is wrong with the script, where that can be proven. The exit \
            status is the command's, or 1 if an assertion does not hold or Drydock lacks an \
            operation that was called.

            Examples:
              drydock exec -- ./deploy.sh
              drydock exec --assert 'downtime == 0' --assert 'both_versions < 120s' -- ./deploy.sh
              drydock exec --seed-state refcard-01 --html verdict.html -- make deploy
              drydock exec --assume-deployed --junit report.xml -- python3 deploy.py
            """)

    @Option(
        name: .customLong("assert"), parsing: .singleValue,
        help: "What has to hold, such as 'downtime == 0'; docs/exec.md has the figures.")
    var assertions: [String] = []

    @Option(
        help: """
            What the command finds: empty, learner-lab (with the role LabRole), a built-in \
            scenario, a scenario's file, or a state file of drydock serve.
            """)
    var seedState = "empty"

    @Flag(
        help: """
            A cluster, service, repository, task definition or role that the command names is \
            there, as if another tool had made it.
            """)
    var assumeDeployed = false

    @Option(help: "What docker is: Drydock's stand-in, or real, the engine's.")
    var docker = Rehearsal.Docker.standIn

    @Flag(help: "Let the command's own sleeps run at --speed, too; needs the program faketime.")
    var fakeSleep = false

    @Option(help: "Play the recorded calls with so many seeds, and give percentiles.")
    var seeds = 1

    @Option(help: "How time passes: demand (who waits moves it on), or real.")
    var clock = Pace.Mode.demand

    @Option(help: "Virtual seconds in a second.")
    var speed = 1.0

    @Option(help: "Decides delays and choices.")
    var seed: UInt64 = 1

    @Option(help: "Decides ids and names; another --seed leaves them as they are.")
    var idSeed: UInt64 = 1

    @Option(help: "Twelve digits; without it the account that the command names.")
    var account: String?

    @Option(help: "Without it the one of your environment or profile, or us-east-1.")
    var region: String?

    @Option(help: "Write the verdict as JSON to this file.")
    var json: String?

    @Option(help: "Write the verdict as one web page to this file.")
    var html: String?

    @Option(help: "Write the verdict as a JUnit report to this file.")
    var junit: String?

    @OptionGroup var looks: TextChoices

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("Name the command after --, as in: drydock exec -- ./deploy.sh")
        }
        guard (1...10_000).contains(seeds) else {
            throw ValidationError("--seeds must be a number from 1 to 10000.")
        }
        guard (0.001...1_000_000).contains(speed) else {
            throw ValidationError("--speed must be a number from 0.001 to 1000000.")
        }
        if clock == .manual {
            throw ValidationError("--clock is demand or real: nobody moves it by hand here.")
        }
        if let account, account.utf8.count != 12 || !account.utf8.allSatisfy({ 48...57 ~= $0 }) {
            throw ValidationError("--account must be twelve digits.")
        }
        _ = try parsedAssertions()
    }

    private func parsedAssertions() throws -> [Assertion] {
        try assertions.map { text in
            do throws(Assertion.Problem) {
                return try Assertion(text)
            } catch {
                throw ValidationError(error.description)
            }
        }
    }

    func run() async throws {
        var rehearsal = Rehearsal(command: command)
        rehearsal.assertions = try parsedAssertions()
        try setStart(of: &rehearsal)
        rehearsal.assumes = assumeDeployed
        rehearsal.docker = docker
        rehearsal.fakesSleep = fakeSleep
        rehearsal.seeds = seeds
        rehearsal.clock = clock
        rehearsal.speed = speed
        rehearsal.seed = seed
        rehearsal.idSeed = idSeed
        rehearsal.account = account
        rehearsal.region = region
        let verdict: Verdict
        do {
            verdict = try await rehearsal.run()
        } catch let problem as Rehearsal.Problem {
            FileHandle.standardError.write(Data("drydock exec: \(problem.description)\n".utf8))
            throw ExitCode(problem.status)
        }
        if let json { try write(verdict.json(), to: json) }
        if let html { try write(verdict.html(in: looks.language), to: html) }
        if let junit { try write(verdict.junit(), to: junit) }
        print("")
        print(verdict.text(looks.options(for: Console())), terminator: "")
        fflush(nil)
        if verdict.exitStatus != 0 { throw ExitCode(Int32(verdict.exitStatus)) }
    }

    private func setStart(of rehearsal: inout Rehearsal) throws {
        rehearsal.startName = seedState
        switch seedState {
        case "empty": rehearsal.start = .empty
        case "learner-lab": rehearsal.start = .learnerLab
        case let file where Self.isState(file): rehearsal.saved = try Self.saved(file)
        default:
            rehearsal.start = .scenario(try ScenarioFile(seedState).scenario(settings: []))
        }
    }

    /// Whether a file is a database, and not the text of a scenario.
    private static func isState(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let head = (try? file.read(upToCount: 16)) ?? Data()
        return head == Data("SQLite format 3\0".utf8)
    }

    /// The cloud where a state file ends.
    private static func saved(_ path: String) throws -> Rehearsal.Saved {
        do {
            let reader = try StateReader(path)
            let moment = try reader.moment(at: reader.end()).value
            return Rehearsal.Saved(cloud: moment.cloud, places: moment.places)
        } catch let problem as StoreProblem {
            throw Stop("There is no starting from \(path): \(problem)")
        }
    }
}

extension Rehearsal.Docker: ExpressibleByArgument {}
