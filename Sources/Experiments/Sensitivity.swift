import Cloud
import Simulation

/// How much each point that no source settles moves what a scenario measures.
public struct Sensitivity: Sendable {
    public let scenario: String
    public let seeds: [UInt64]
    /// With everything as the scenario has it.
    public let base: Figures
    /// The reading that moves something most comes first; of equal ones, in the order of the list.
    public let rows: [Row]

    /// What is compared: each a mean over the seeds.
    public enum Measure: String, Sendable, CaseIterable {
        case bothVersions, noVersion, restart, completed
    }

    /// Means over seeds, of all deployments of a run together.
    public struct Figures: Sendable, Equatable {
        /// `nil` where it never came.
        public let means: [Duration?]
        public subscript(measure: Measure) -> Duration? {
            means[Measure.allCases.firstIndex(of: measure)!]
        }
    }

    /// Another reading of one point, played with the same seeds.
    public struct Row: Sendable {
        public let name: String
        /// As `--set` takes them, without `timing.`: `["minimumRunning=0s"]`.
        public let settings: [String]
        public let figures: Figures
        /// What it adds to the figures of the scenario as it is, over the seeds in which both came.
        public let changes: Figures
        /// The largest change, whichever way.
        public let largest: Duration
        /// In how many runs a moment came in one of the two and never in the other.
        public let flips: Int
    }

    /// Plays a scenario as it is, and then once for each other reading of each point.
    ///
    /// - Parameters:
    ///   - seeds: The same for all.
    ///   - progress: Told the name of each switch before its readings are played.
    public init(
        of scenario: Scenario, seeds: [UInt64], by: Watch.Version = .version,
        progress: (String) -> Void = { _ in }
    ) throws(ScenarioProblem) {
        let base = try Self.play(scenario, seeds, by)
        var rows: [Row] = []
        for point in Timing.switches {
            progress(point.name)
            for reading in point.readings {
                var other = scenario
                for setting in reading { other = try other.applying(setting: setting) }
                // The one that the scenario has needs no playing.
                if other.timing == scenario.timing { continue }
                rows.append(
                    Row(point.name, reading, base: base, try Self.play(other, seeds, by)))
            }
        }
        self.scenario = scenario.name
        self.seeds = seeds
        self.base = Figures(of: base)
        self.rows = rows.enumerated().sorted {
            ($1.element.largest, $0.offset) < ($0.element.largest, $1.offset)
        }.map(\.element)
    }

    /// What was measured in each run.
    private static func play(
        _ scenario: Scenario, _ seeds: [UInt64], _ by: Watch.Version
    ) throws(ScenarioProblem) -> [[Duration?]] {
        var runs: [[Duration?]] = []
        for seed in seeds {
            let result = try Experiment(scenario, seed: seed, by: by).run()
            runs.append(Measure.allCases.map { $0.of(result) })
        }
        return runs
    }
}

extension Sensitivity.Measure {
    /// Windows add up over the deployments of a run; of moments, the last one's counts.
    fileprivate func of(_ run: RunResult) -> Duration? {
        switch self {
        case .bothVersions: run.deployments.reduce(.zero) { $0 + $1.bothVersions.total }
        case .noVersion: run.deployments.reduce(.zero) { $0 + $1.noVersion.total }
        case .restart: run.deployments.last?.restart
        case .completed: run.deployments.last?.completedAt
        }
    }
}

extension Sensitivity.Figures {
    /// - Parameter runs: One each seed, one figure each measure.
    fileprivate init(of runs: [[Duration?]]) {
        means = Sensitivity.Measure.allCases.indices.map { index in
            let came = runs.compactMap { $0[index] }
            return came.isEmpty ? nil : came.reduce(.zero, +) / came.count
        }
    }
}

extension Sensitivity.Row {
    fileprivate init(
        _ name: String, _ reading: [String], base: [[Duration?]], _ runs: [[Duration?]]
    ) {
        self.name = name
        settings = reading.map { String($0.dropFirst("timing.".count)) }
        figures = Sensitivity.Figures(of: runs)
        let differences = zip(runs, base).map { run, was in
            zip(run, was).map { now, before -> Duration? in
                guard let now, let before else { return nil }
                return now - before
            }
        }
        changes = Sensitivity.Figures(of: differences)
        largest = changes.means.compactMap { $0 }.map { max($0, .zero - $0) }.max() ?? .zero
        flips = zip(runs, base).count { run, was in
            zip(run, was).contains { ($0 == nil) != ($1 == nil) }
        }
    }
}
