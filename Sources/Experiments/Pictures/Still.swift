import Cloud
import Simulation

/// A scenario stopped at an instant.
public struct Still: Sendable {
    public let scenario: Scenario
    /// After the first deployment's API call.
    public let at: Duration
    public let cloud: Cloud
    public let watch: Watch

    /// Plays a scenario up to an instant.
    ///
    /// - Parameter at: Counted from the first call of UpdateService. If left out, the middle of the
    ///   time in which both versions can be reached, or of the whole deployment if they never are.
    /// - Throws: What a run would throw.
    public init(
        of scenario: Scenario, at: Duration? = nil, seed: UInt64 = 1, idSeed: UInt64 = 1
    ) throws(ScenarioProblem) {
        let at =
            if let at { at } else { try Self.middle(of: scenario, seed: seed, idSeed: idSeed) }
        var setup = try ScenarioSetup(scenario, seed: seed, idSeed: idSeed)
        var zero: Instant?
        for step in scenario.deploy {
            if case .updateService = step.action { zero = zero ?? setup.live.cloud.now }
            let limit = zero.map { $0 + at } ?? .never
            if zero != nil, at > .zero, setup.live.cloud.now >= limit { break }
            if case .wait = step.action, zero != nil, setup.live.cloud.now >= limit { break }
            try setup.perform(step, until: limit)
        }
        setup.live.run(until: (zero ?? setup.live.cloud.now) + at)
        self.scenario = scenario
        self.at = at
        cloud = setup.live.cloud
        watch = setup.watch()
    }

    /// The same, with the instant in seconds.
    public init(
        of scenario: Scenario, atSeconds: Double?, seed: UInt64 = 1, idSeed: UInt64 = 1
    ) throws(ScenarioProblem) {
        try self.init(
            of: scenario, at: atSeconds.map { .seconds($0) }, seed: seed, idSeed: idSeed)
    }

    private static func middle(
        of scenario: Scenario, seed: UInt64, idSeed: UInt64
    ) throws(ScenarioProblem) -> Duration {
        let run = try Experiment(scenario, seed: seed, idSeed: idSeed).run()
        guard let first = run.deployments.first else { return .zero }
        if let window = first.bothVersions.windows.first {
            return window.from + (window.to - window.from) / 2
        }
        return (first.completedAt ?? first.measuredUntil) / 2
    }

    public var picture: CloudPicture { CloudPicture(watch, in: cloud) }
    public var networkPicture: NetworkPicture { NetworkPicture(watch, in: cloud) }
}
