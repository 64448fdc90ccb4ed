import Simulation

/// What one run of a scenario measured: one entry for each deployment it made.
///
/// All instants are virtual and relative to the moment at which the deployment's API call was
/// accepted. A moment that never came is `nil`. What the words mean: docs/measured-words.md.
public struct RunResult: Sendable, Equatable {
    public var scenario: String
    public var seed: UInt64
    public var deployments: [DeploymentResult]

    public init(scenario: String, seed: UInt64, deployments: [DeploymentResult]) {
        self.scenario = scenario
        self.seed = seed
        self.deployments = deployments
    }
}

/// One deployment, measured.
public struct DeploymentResult: Sendable, Equatable, Codable {
    public enum Outcome: String, Sendable, Codable {
        case completed = "COMPLETED"
        case failed = "FAILED"
        case rolledBack = "ROLLED_BACK"
        /// The run ended and the deployment had not.
        case stuck = "STUCK"
    }

    public var service: String
    /// `"ROLLING"`.
    public var strategy: String
    public var outcome: Outcome
    /// Always zero: the other times count from here.
    public var startedAt: Duration = .zero
    public var firstAnswerNew: Duration?
    public var lastAnswerOld: Duration?
    public var completedAt: Duration?
    public var steadyAt: Duration?
    /// When another deployment took its place, if that came before its own end.
    public var replacedAt: Duration?
    public var bothVersions = Windows()
    public var bothVersionsKeptConnections = Windows()
    public var noVersion = Windows()
    public var degraded = Windows()
    /// The integral of the share of failures over time, in seconds of one request a second.
    public var failedRequestSeconds: Double = 0
    public var restart: Duration?
    /// The parts that the new version touched, in the order of the picture: `"image"`, `"tag"`, ...
    public var updated: [String] = []
    /// The parts of the same picture that stayed as they were.
    public var untouched: [String] = []
    public var phases: [Phase] = []
    public var probe = ProbeResult()
    public var events: [Event] = []
    public var costUSD: Double = 0
    /// The versions in the order in which they first answered; the old one first.
    public var versions: [String] = []
    /// Who answered, as a piecewise constant signal.
    public var answers: [AnswerShare] = []
    /// How long after the call the measurement went on.
    public var measuredUntil: Duration = .zero

    public init(service: String, strategy: String, outcome: Outcome) {
        self.service = service
        self.strategy = strategy
        self.outcome = outcome
    }

    /// Stretches of time, in order and apart.
    public struct Windows: Sendable, Equatable, Codable {
        public struct Window: Sendable, Equatable, Codable {
            public var from: Duration
            public var to: Duration
            public init(from: Duration, to: Duration) { (self.from, self.to) = (from, to) }
        }

        public var windows: [Window]
        public init(_ windows: [Window] = []) { self.windows = windows }
        public var total: Duration { windows.reduce(.zero) { $0 + ($1.to - $1.from) } }
    }

    /// One stretch in the life of one task.
    public struct Phase: Sendable, Equatable, Codable {
        public enum Kind: String, Sendable, CaseIterable, Codable {
            case waitScheduler, capacity, pull, boot, register, firstCheck
            case deregister, drain, stop, release
        }

        /// The task's short name: `"task/3"`.
        public var task: String
        public var version: String
        public var kind: Kind
        public var from: Duration
        /// `nil` while it lasts.
        public var to: Duration?
        public init(task: String, version: String, kind: Kind, from: Duration, to: Duration?) {
            self.task = task
            self.version = version
            self.kind = kind
            self.from = from
            self.to = to
        }
    }

    /// From `from` on, until the next one: the share of new connections that each version answers.
    public struct AnswerShare: Sendable, Equatable, Codable {
        public var from: Duration
        /// In the order of `versions`; what is missing to 1 fails.
        public var shares: [Double]
        public var failing: Double
        public init(from: Duration, shares: [Double], failing: Double) {
            self.from = from
            self.shares = shares
            self.failing = failing
        }
    }

    /// What a person who reloads the page saw.
    public struct ProbeResult: Sendable, Equatable, Codable {
        public struct Count: Sendable, Equatable, Codable {
            public var version: String
            public var requests: Int
            public init(version: String, requests: Int) {
                self.version = version
                self.requests = requests
            }
        }
        public var requests = 0
        public var failed = 0
        public var byVersion: [Count] = []

        public init(requests: Int = 0, failed: Int = 0, byVersion: [Count] = []) {
            self.requests = requests
            self.failed = failed
            self.byVersion = byVersion
        }
    }

    /// A service event, word for word.
    public struct Event: Sendable, Equatable, Codable {
        public var at: Duration
        public var message: String
        public init(at: Duration, message: String) { (self.at, self.message) = (at, message) }
    }
}
