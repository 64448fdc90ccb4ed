import Experiments
import Simulation

/// What a script did to a cloud, and how that is to be judged.
///
/// Instants are virtual and count from the script's start.
package struct Verdict: Sendable {
    package enum Ending: Sendable, Equatable {
        case exited(Int)
        /// By its number.
        case signalled(Int)
        /// Drydock was told to stop, and told the script so.
        case interrupted(Int)
    }

    package var command: [String]
    package var ending: Ending
    package var account: String
    package var region: String
    package var seed: UInt64
    /// What the script found: `"empty"`, or the name of a scenario.
    package var startedFrom: String
    package var deployments: [Deployment] = []
    package var listeners: [Listener] = []
    package var calls: [Call] = []
    /// Calls that are not listed, because there were too many.
    package var omittedCalls = 0
    package var requests = Requests()
    package var strays: [Stray] = []
    package var findings: [Finding] = []
    package var assertions: [Assertion] = []
    package var assumed: [Assumed] = []
    /// What else is to be known, a sentence each.
    package var notes: [Bilingual] = []
    package var spent = Spent()
    package var percentiles: Percentiles?

    package init(
        command: [String], ending: Ending, account: String, region: String, seed: UInt64,
        startedFrom: String
    ) {
        self.command = command
        self.ending = ending
        self.account = account
        self.region = region
        self.seed = seed
        self.startedFrom = startedFrom
    }

    package struct Deployment: Sendable {
        package var result: DeploymentResult
        /// The service had nothing that answered, so nothing could be interrupted.
        package var isFirst: Bool
        package init(result: DeploymentResult, isFirst: Bool) {
            (self.result, self.isFirst) = (result, isFirst)
        }
    }

    /// A load balancer's listener, from its first answer on.
    package struct Listener: Sendable {
        /// Of the load balancer.
        package var name: String
        package var port: Int
        /// When two versions could be reached there, and when none.
        package var both: DeploymentResult.Windows
        package var none: DeploymentResult.Windows
        package init(
            name: String, port: Int, both: DeploymentResult.Windows, none: DeploymentResult.Windows
        ) {
            (self.name, self.port, self.both, self.none) = (name, port, both, none)
        }
    }

    package struct Call: Sendable, Equatable {
        package enum Outcome: String, Sendable { case answered, refused, lacking }
        package var number: Int
        package var at: Duration
        /// How long it let the clock run.
        package var took: Duration
        package var service: String
        package var operation: String
        package var region: String
        package var profile: String?
        package var isWaiting: Bool
        package var outcome: Outcome
        package var code: String?
        package var message: String?
        /// How often the same call came in a row with the same outcome.
        package var count = 1

        package init(
            number: Int, at: Duration, took: Duration, service: String, operation: String,
            region: String, profile: String? = nil, isWaiting: Bool = false,
            outcome: Outcome = .answered, code: String? = nil, message: String? = nil
        ) {
            self.number = number
            self.at = at
            self.took = took
            self.service = service
            self.operation = operation
            self.region = region
            self.profile = profile
            self.isWaiting = isWaiting
            self.outcome = outcome
            self.code = code
            self.message = message
        }
    }

    /// What the script itself asked load balancers for.
    package struct Requests: Sendable, Equatable {
        package var count = 0
        package var failed = 0
        package init() {}
    }

    /// A host that the script tried to reach, in vain.
    package struct Stray: Sendable, Equatable {
        package var host: String
        package var port: Int
        package var count: Int
        package init(host: String, port: Int, count: Int) {
            (self.host, self.port, self.count) = (host, port, count)
        }
    }

    package struct Assumed: Sendable, Equatable {
        package var kind: String
        package var name: String
        package init(kind: String, name: String) { (self.kind, self.name) = (kind, name) }
    }

    package struct Assertion: Sendable, Equatable {
        package var text: String
        package var holds: Bool
        /// What the names in it stood for: `"downtime is 0 s"`.
        package var values: String
        package init(text: String, holds: Bool, values: String) {
            (self.text, self.holds, self.values) = (text, holds, values)
        }
    }

    /// Where the time went, by the wall clock.
    package struct Spent: Sendable {
        package var emulatorSeconds = 0.0
        package var wholeSeconds = 0.0
        package init() {}
    }

    /// The same deployments with many seeds.
    package struct Percentiles: Sendable {
        package struct Row: Sendable, Equatable {
            /// As assertions call it: `"downtime"`.
            package var name: String
            package var unit: String
            package var least: Double
            package var median: Double
            package var p95: Double
            package var most: Double
            package init(
                name: String, unit: String, least: Double, median: Double, p95: Double, most: Double
            ) {
                self.name = name
                self.unit = unit
                self.least = least
                self.median = median
                self.p95 = p95
                self.most = most
            }
        }
        package var seeds: Int
        package var rows: [Row]
        /// How often each outcome came, such as `COMPLETED`.
        package var outcomes: [(outcome: String, count: Int)]
        package init(seeds: Int, rows: [Row], outcomes: [(outcome: String, count: Int)]) {
            (self.seeds, self.rows, self.outcomes) = (seeds, rows, outcomes)
        }
    }
}

/// A mistake of the script's that is proven.
package struct Finding: Sendable, Equatable {
    /// For programs: `"nothing-checked"`.
    package var name: String
    package var title: Bilingual
    package var evidence: Bilingual
    package var remedy: Bilingual
    /// The calls that prove it, by number.
    package var calls: [Int]

    package init(
        _ name: String, title: Bilingual, evidence: Bilingual, remedy: Bilingual, calls: [Int] = []
    ) {
        self.name = name
        self.title = title
        self.evidence = evidence
        self.remedy = remedy
        self.calls = calls
    }
}

/// A sentence in each language that reports are written in.
package struct Bilingual: Sendable, Equatable {
    package var english: String
    package var german: String

    package init(_ english: String, _ german: String) {
        (self.english, self.german) = (english, german)
    }

    package func text(in language: Language) -> String {
        language == .english ? english : german
    }
}

extension Verdict {
    package var lacking: [Call] { calls.filter { $0.outcome == .lacking } }
    package var refused: [Call] { calls.filter { $0.outcome == .refused } }

    /// What the program that ran the script ends with: the script's own status, or 1 if that was 0
    /// and an assertion does not hold, or a call was made that Drydock lacks.
    package var exitStatus: Int {
        switch ending {
        case .exited(let status) where status != 0: return status
        case .signalled(let signal), .interrupted(let signal): return 128 + signal
        case .exited: break
        }
        return assertions.allSatisfy(\.holds) && lacking.isEmpty ? 0 : 1
    }
}
