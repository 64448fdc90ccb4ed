/// How long something takes: one duration, or a distribution of durations.
///
/// A spread is a plain value with no generator inside; `Chance` draws from it. `problem()` says
/// what is wrong with one that came from outside; the other members may trap on such a spread.
public enum Spread: Hashable, Codable, Sendable {
    /// No spread at all.
    case always(Duration)
    /// Everything from the first to the second, ends included, equally likely.
    case between(Duration, Duration)
    /// Most likely at `mode`, falling off in straight lines to nothing at both ends.
    case triangular(low: Duration, high: Duration, mode: Duration)
    /// The bell curve. What falls outside `from...to` counts as the nearer end.
    case normal(mean: Duration, deviation: Duration, from: Duration, to: Duration)
    /// A bell curve of the logarithm: a body and one long tail. Half of all draws are below
    /// `median`, about 84 % below `median` times e to the power of `sigma`. What falls outside
    /// `from...to` counts as the nearer end.
    case logNormal(median: Duration, sigma: Double, from: Duration, to: Duration)
    /// Measured durations, each as likely as the others. The order does not matter, but drawing
    /// from a list that is not in ascending order sorts it each time.
    case empirical([Duration])

    /// The duration that a share `unit` of all draws stays below: the inverse of the distribution.
    ///
    /// Grows with `unit` (for the bell curves, to within the nanosecond of rounding), so the same
    /// draw from a slower spread is slower too.
    ///
    /// - Parameter unit: From 0 to 1.
    public func value(at unit: Double) -> Duration {
        precondition(0 <= unit && unit <= 1, "a share lies between 0 and 1")
        switch self {
        case .always(let duration):
            return duration
        case .between(let low, let high):
            let width = high.nanoseconds - low.nanoseconds
            let part = unit * (Double(width) + 1)
            return part >= Double(width) ? high : low + Duration(nanoseconds: Int64(part))
        case .triangular(let low, let high, let mode):
            return Self.triangle(low, high, mode, at: unit)
        case .normal(let mean, let deviation, let low, let high):
            let z = Elementary.normalQuantile(Self.inside(unit))
            return Self.clamped(
                Double(mean.nanoseconds) + z * Double(deviation.nanoseconds), low, high)
        case .logNormal(let median, let sigma, let low, let high):
            let z = Elementary.normalQuantile(Self.inside(unit))
            return Self.clamped(
                Double(median.nanoseconds) * Elementary.exponential(z * sigma), low, high)
        case .empirical(let durations):
            let index = Int(unit * Double(durations.count))
            return Self.ascending(durations)[min(index, durations.count - 1)]
        }
    }

    /// One duration where one is needed: the middle, the mode, the mean or the median.
    public var typical: Duration {
        switch self {
        case .always(let duration): duration
        case .between(let low, let high): low + (high - low) / 2
        case .triangular(_, _, let mode): mode
        case .normal(let mean, _, let low, let high): min(max(mean, low), high)
        case .logNormal(let median, _, let low, let high): min(max(median, low), high)
        case .empirical(let durations): Self.ascending(durations)[(durations.count - 1) / 2]
        }
    }

    /// The shortest and the longest possible draw.
    public var range: ClosedRange<Duration> {
        switch self {
        case .always(let duration): duration...duration
        case .between(let low, let high): low...high
        case .triangular(let low, let high, _): low...high
        case .normal(_, _, let low, let high): low...high
        case .logNormal(_, _, let low, let high): low...high
        case .empirical(let durations): durations.min()!...durations.max()!
        }
    }

    /// The same without chance: always what is typical.
    public var atTypical: Spread { .always(typical) }

    /// What is wrong with this spread, in one sentence; `nil` if it can be drawn from.
    public func problem() -> String? {
        switch self {
        case .always(let duration):
            return Self.problem(from: duration, to: duration)
        case .between(let low, let high):
            return Self.problem(from: low, to: high)
        case .triangular(let low, let high, let mode):
            if let problem = Self.problem(from: low, to: high) { return problem }
            return (low...high).contains(mode)
                ? nil : "The most likely duration, \(mode), is not between \(low) and \(high)."
        case .normal(_, let deviation, let low, let high):
            return Self.problem(with: "deviation", deviation) ?? Self.problem(from: low, to: high)
        case .logNormal(let median, let sigma, let low, let high):
            guard sigma >= 0, sigma.isFinite else { return "A sigma of \(sigma) is not possible." }
            return Self.problem(with: "median", median) ?? Self.problem(from: low, to: high)
        case .empirical(let durations):
            guard let low = durations.min(), let high = durations.max() else {
                return "A list of measured durations needs at least one."
            }
            return Self.problem(from: low, to: high)
        }
    }
}

extension Spread {
    private static func problem(from low: Duration, to high: Duration) -> String? {
        if let problem = problem(with: "duration", low) { return problem }
        return low <= high
            ? nil : "The shortest duration, \(low), is longer than the longest, \(high)."
    }

    private static func problem(with name: String, _ duration: Duration) -> String? {
        duration >= .zero ? nil : "A \(name) of \(duration) is not possible: it is negative."
    }

    private static func ascending(_ durations: [Duration]) -> [Duration] {
        zip(durations, durations.dropFirst()).allSatisfy(<=) ? durations : durations.sorted()
    }

    /// The inverse of the triangular distribution, from both ends towards the mode.
    private static func triangle(
        _ low: Duration, _ high: Duration, _ mode: Duration, at unit: Double
    ) -> Duration {
        guard low < high else { return low }
        let width = Double((high - low).nanoseconds)
        let rise = Double((mode - low).nanoseconds)
        let fall = Double((high - mode).nanoseconds)
        return unit * width < rise
            ? clamped(Double(low.nanoseconds) + (unit * width * rise).squareRoot(), low, mode)
            : clamped(
                Double(high.nanoseconds) - ((1 - unit) * width * fall).squareRoot(), mode, high)
    }

    /// Keeps away from 0 and 1, where a bell curve has no end, by less than a draw can tell.
    private static func inside(_ unit: Double) -> Double { min(max(unit, 0x1p-54), 1 - 0x1p-53) }

    private static func clamped(
        _ nanoseconds: Double, _ low: Duration, _ high: Duration
    ) -> Duration {
        if nanoseconds <= Double(low.nanoseconds) { return low }
        if nanoseconds >= Double(high.nanoseconds) { return high }
        return Duration(nanoseconds: Int64(nanoseconds + 0.5))
    }
}
