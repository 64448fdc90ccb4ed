import Simulation

/// Where measured moments fall among those of the model, over many seeds.
public struct Fidelity: Sendable {
    public let seeds: Int
    public let rows: [Row]

    /// One measured moment.
    public struct Row: Sendable, Equatable {
        public let trace: String
        public let source: String
        /// Whether it was measured, and so counts.
        public let isMeasured: Bool
        public let moment: TraceMoment
        public let time: Trace.Measured.Time
        public let resolution: Duration
        /// The model's 5th, 50th and 95th percentile; `nil` where it does not come at all.
        public let low: Duration?
        public let median: Duration?
        public let high: Duration?
        /// The share of seeds in which it comes earlier, of those at the same time one half. Of a
        /// moment that had not come by a time: the share in which it has.
        public let percentile: Double
        /// The same of the wait since the moment before it, if both were measured.
        public let stepPercentile: Double?
        /// Whether it lies in the band from the 5th to the 95th percentile, to the accuracy with
        /// which it was written down.
        public let isWithin: Bool
        /// Why it does not, if that is known.
        public let why: String?
    }

    /// Plays every trace with the seeds 1 to `seeds`.
    ///
    /// - Parameter progress: Told the name of each trace before it is played.
    public init(
        of traces: [Trace], seeds: Int, progress: (String) -> Void = { _ in }
    ) throws(ScenarioProblem) {
        precondition(seeds > 0, "a distribution needs a run")
        var rows: [Row] = []
        for trace in traces {
            progress(trace.name)
            var runs: [[Duration?]] = []
            for seed in 1...seeds { runs.append(try trace.play(seed: UInt64(seed))) }
            rows += trace.moments.indices.map { Row(trace, $0, runs) }
        }
        self.seeds = seeds
        self.rows = rows
    }

    private var measured: [Row] { rows.filter(\.isMeasured) }

    /// How many moments were measured, and how many of them lie within the band.
    public var count: Int { measured.count }
    public var within: Int { measured.count(where: \.isWithin) }
    /// The same of the waits between them.
    public var steps: Int { measured.count { $0.stepPercentile != nil } }
    public var stepsWithin: Int {
        measured.count { $0.stepPercentile.map { (0.05...0.95).contains($0) } ?? false }
    }
}

extension Fidelity.Row {
    init(_ trace: Trace, _ index: Int, _ runs: [[Duration?]]) {
        let measured = trace.moments[index]
        let sample = Sample(runs.map { $0[index] })
        self.trace = trace.name
        source = trace.source
        isMeasured = !trace.isBuilt
        moment = measured.moment
        time = measured.time
        why = measured.why
        resolution = trace.resolution
        (low, median, high) = (sample.quantile(0.05), sample.quantile(0.5), sample.quantile(0.95))
        let margin = trace.resolution / 2
        switch measured.time {
        case .at(let at):
            percentile = sample.share(before: at, margin: margin)
            isWithin =
                (low.map { $0 - margin <= at } ?? false)
                && (high.map { at <= $0 + margin } ?? (low != nil))
        case .notBefore(let bound):
            percentile = sample.share(before: bound, margin: .zero)
            isWithin = percentile <= 0.95
        }
        stepPercentile = Self.step(trace, index, runs, margin: margin)
    }

    /// The percentile of the wait since the moment before.
    private static func step(
        _ trace: Trace, _ index: Int, _ runs: [[Duration?]], margin: Duration
    ) -> Double? {
        guard index > 0, case .at(let at) = trace.moments[index].time,
            case .at(let before) = trace.moments[index - 1].time
        else { return nil }
        let waits = runs.map { run -> Duration? in
            guard let end = run[index], let start = run[index - 1] else { return nil }
            return end - start
        }
        return Sample(waits).share(before: at - before, margin: margin)
    }

    /// When a moment came in each run; never is later than everything.
    private struct Sample {
        private let times: [Duration]
        private let count: Int

        init(_ times: [Duration?]) {
            self.times = times.compactMap { $0 }.sorted()
            count = times.count
        }

        func quantile(_ share: Double) -> Duration? {
            let index = Int(share * Double(count - 1) + 0.5)
            return index < times.count ? times[index] : nil
        }

        func share(before time: Duration, margin: Duration) -> Double {
            let earlier = times.count { $0 < time - margin }
            let same = times.count { $0 >= time - margin && $0 <= time + margin }
            return (Double(earlier) + Double(same) / 2) / Double(count)
        }
    }
}
