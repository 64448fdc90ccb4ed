import Cloud
import CloudAPI
import Simulation

/// A scenario played once: set up, its first version steady, its deployment made and measured.
public struct Experiment: Sendable {
    public var scenario: Scenario
    /// Decides delays and choices.
    public var seed: UInt64
    /// Decides ids.
    public var idSeed: UInt64
    /// What counts as a version.
    public var by: Watch.Version

    public init(
        _ scenario: Scenario, seed: UInt64 = 1, idSeed: UInt64 = 1, by: Watch.Version = .version
    ) {
        self.scenario = scenario
        self.seed = seed
        self.idSeed = idSeed
        self.by = by
    }

    /// What a run tells while it works.
    public enum Progress: Sendable {
        case settingUp
        /// The first version is steady, so long after the beginning.
        case steady(Duration)
        /// Step so and so of the scenario's `deploy`, counted from 1.
        case step(Int, of: Int)
        /// Nothing more is going to happen, or the horizon has been reached.
        case done(Duration)
    }

    /// Plays the scenario.
    ///
    /// - Throws: A ``ScenarioProblem`` where AWS refuses something, or where the first version does
    ///   not become steady.
    public func run(
        progress: (Progress) -> Void = { _ in }
    ) throws(ScenarioProblem) -> RunResult {
        progress(.settingUp)
        let setup = try ScenarioSetup(scenario, seed: seed, idSeed: idSeed)
        progress(.steady(setup.live.cloud.now - .start))
        return try run(on: setup, progress: progress)
    }

    /// Makes and measures the deployment in a cloud in which the first version is steady.
    public func run(
        on setup: ScenarioSetup, progress: (Progress) -> Void = { _ in }
    ) throws(ScenarioProblem) -> RunResult {
        var run = Run(self, on: setup)
        for (index, step) in scenario.deploy.enumerated() {
            progress(.step(index + 1, of: scenario.deploy.count))
            try run.carryOut(step)
        }
        run.finish()
        progress(.done(setup.live.cloud.now - .start))
        return run.result()
    }
}

/// One run of an experiment, in the middle of it.
private struct Run {
    let experiment: Experiment
    var setup: ScenarioSetup
    let watch: Watch
    /// When the measurement ends at the latest.
    let limit: Instant
    /// One for each deployment that was made, all told of what happens.
    var recorders: [Recorder] = []
    /// The service before the first step that belongs to the next deployment, once there was one.
    var before: Recorder.Before?

    var live: LiveCloud { setup.live }

    init(_ experiment: Experiment, on setup: ScenarioSetup) {
        self.experiment = experiment
        self.setup = setup
        watch = setup.watch(by: experiment.by)
        limit = setup.live.cloud.now + experiment.scenario.horizon
    }

    mutating func carryOut(_ step: Scenario.Step) throws(ScenarioProblem) {
        switch step.action {
        case .updateService: try update(step)
        case .waitUntilSteady: wait { $0.isSteady }
        case .wait(let duration): advance(to: min(limit, live.cloud.now + duration)) { _ in false }
        case .push, .registerTaskDefinition:
            before = before ?? Recorder.Before(watch, in: live.cloud)
            try setup.perform(step)
        case .removeRule, .addRule:
            try setup.perform(step)
            tellRecorders()
        }
    }

    private mutating func update(_ step: Scenario.Step) throws(ScenarioProblem) {
        let cloud = live.cloud
        var recorder = Recorder(watch, in: cloud, before: before)
        try setup.perform(step)
        recorder.observe(live.cloud)
        if recorder.deployment != nil {
            for index in recorders.indices { recorders[index].end(in: cloud) }
        }
        tellRecorders()
        recorders.append(recorder)
        before = nil
    }

    private mutating func wait(until isDone: (Recorder) -> Bool) {
        advance(to: limit) { run in run.recorders.last.map(isDone) ?? true }
    }

    /// Lets everything happen that belongs to the deployments made.
    mutating func finish() {
        wait { $0.isOver }
    }

    private mutating func advance(to end: Instant, until isDone: (Run) -> Bool) {
        while !isDone(self), live.cloud.step(until: end) { tellRecorders() }
    }

    private mutating func tellRecorders() {
        guard !live.cloud.facts.isEmpty else { return }
        for index in recorders.indices { recorders[index].observe(live.cloud) }
    }

    func result() -> RunResult {
        let prices = Prices.of(region: experiment.scenario.place.region)
        return RunResult(
            scenario: experiment.scenario.name, seed: experiment.seed,
            deployments: recorders.map { recorder in
                let cost = prices.costOfDeployment(
                    of: watch.service, since: recorder.start, in: recorder.ended ?? live.cloud)
                return recorder.result(in: live.cloud, costUSD: cost)
            })
    }
}
