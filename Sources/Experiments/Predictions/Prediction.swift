import Cloud
import Simulation

/// How a deployment of a service goes on from here: with its settings as they are, and with others.
///
/// Both are played many times on copies of the cloud, with the same seeds on either side, so that
/// the differences are those that the settings make. All times are virtual and count from now.
public struct Prediction: Sendable {
    /// What is asked.
    public struct Question: Sendable {
        /// Its name or ARN.
        public var service: String
        /// Its name or ARN; `nil`: any, as long as there is one service of that name.
        public var cluster: String?
        public var account: String?
        public var region: String?
        /// What is changed, as `key=value`: ``Setting`` has the keys.
        public var settings: [String] = []
        public var trials = 100
        /// Of the first trial; each other one has the next.
        public var seed: UInt64 = 1
        public var by = Watch.Version.version
        /// Whether a new deployment is begun even while one is under way.
        public var forcesNew = false

        public init(service: String) { self.service = service }
    }

    /// What a new deployment brings out.
    public enum NewVersion: Sendable, Equatable {
        /// The image that the task definition already means, and that no task runs yet.
        case waiting(String)
        /// A copy of the image that runs, under a digest of its own.
        case copy(String)
        /// The image of this name, which is not in its repository.
        case missing(String)
        /// The same image: its registry is not this cloud's, so that versions are told apart by
        /// their revisions.
        case elsewhere
    }

    /// What is measured of each trial: the measures of `drydock run`.
    public enum Measure: String, Sendable, CaseIterable {
        case completed, steady, restart
        case bothVersions, bothVersionsKeptConnections, noVersion, degraded
        case failedRequestSeconds, probeFailed, costUSD
    }

    /// A setting, as it is and as it would be.
    public struct Change: Sendable, Equatable {
        public var key: String
        /// `nil` where nothing is set.
        public var from: String?
        public var to: String
    }

    /// All trials with the same settings.
    public struct Side: Sendable, Equatable {
        /// `nil` of a deployment that is under way.
        public var newVersion: NewVersion?
        /// How often each came; those that never did are left out.
        public var outcomes: [OutcomeCount]
        /// In the order of ``Measure``; `nil` for what never came in any trial.
        var percentiles: [Percentiles?]

        public subscript(measure: Measure) -> Percentiles? {
            percentiles[Measure.allCases.firstIndex(of: measure)!]
        }
    }

    public struct OutcomeCount: Sendable, Equatable {
        public var outcome: DeploymentResult.Outcome
        public var count: Int
    }

    public let service: String
    public let cluster: String
    public let place: Place
    /// Since the clock's start.
    public let now: Duration
    /// The name of the deployment that is played on to its end; `nil`: a new one is begun, by
    /// `UpdateService` with `forceNewDeployment`.
    public let underWay: String?
    public let by: Watch.Version
    /// Whether a load balancer leads to the service; if not, nobody asks who answers.
    public let isAsked: Bool
    public let seed: UInt64
    public let trials: Int
    public let changes: [Change]
    public let current: Side
    /// `nil` if nothing is to be changed, as are the differences.
    public let changed: Side?
    /// What the changes add, trial by trial, over those in which a measure came on both sides.
    public let differences: Side?
}

extension Prediction {
    /// Answers a question in one go. ``Predictor`` has the same in steps.
    public init(_ question: Question, of cloud: Cloud) throws(PredictionProblem) {
        let predictor = try Predictor(question, of: cloud)
        var trials: [Predictor.Trial] = []
        for number in 0..<question.trials { trials.append(try predictor.play(number)) }
        self = predictor.prediction(of: trials)
    }
}

extension Prediction.Measure {
    /// In seconds, requests or US dollars; `nil` if it never came.
    func of(_ result: DeploymentResult) -> Double? {
        switch self {
        case .completed: Self.seconds(result.completedAt)
        case .steady: Self.seconds(result.steadyAt)
        case .restart: Self.seconds(result.restart)
        case .bothVersions: Self.seconds(result.bothVersions.total)
        case .bothVersionsKeptConnections: Self.seconds(result.bothVersionsKeptConnections.total)
        case .noVersion: Self.seconds(result.noVersion.total)
        case .degraded: Self.seconds(result.degraded.total)
        case .failedRequestSeconds: result.failedRequestSeconds
        case .probeFailed: Double(result.probe.failed)
        case .costUSD: result.costUSD
        }
    }

    /// Whether it is about who answers, which nobody can say of a service without a load balancer.
    var needsListener: Bool {
        switch self {
        case .completed, .steady, .restart, .costUSD: false
        case .bothVersions, .bothVersionsKeptConnections, .noVersion, .degraded,
            .failedRequestSeconds, .probeFailed:
            true
        }
    }

    private static func seconds(_ duration: Duration?) -> Double? {
        duration.map { ($0.inSeconds * 1000).rounded() / 1000 }
    }
}
