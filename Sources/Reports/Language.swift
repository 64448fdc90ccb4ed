import Drawing
import Experiments
import Simulation

/// The languages that reports for people are written in.
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case german = "de"

    var decimalMark: String { self == .english ? "." : "," }
}

extension Language {
    /// The title of a scenario and what it teaches; in English where nobody has translated it.
    public func lesson(of scenario: Scenario) -> Scenario.Lesson {
        let english = Scenario.Lesson(title: scenario.title, teaches: scenario.teaches)
        return self == .german ? scenario.german ?? english : english
    }
}

/// How times and numbers are written for people, as opposed to programs.
extension Language {
    /// Seconds with one decimal at most, minutes from ten minutes on, hours from two hours on.
    ///
    /// Rounds half away from zero. What is not zero is not written as zero: `under 0.1 s`.
    func length(_ duration: Duration) -> String {
        let tenths = Self.tenths(duration)
        if tenths == 0 && duration.nanoseconds != 0 { return words.underOneTenth }
        if tenths.magnitude < 6000 {
            return (Double(tenths) / 10).decimals(1, mark: decimalMark) + " s"
        }
        let seconds = Int64((Double(tenths) / 10).rounded(.toNearestOrAwayFromZero))
        let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
        if minutes < 120 { return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest) s" }
        let (hours, left) = minutes.quotientAndRemainder(dividingBy: 60)
        return left == 0 ? "\(hours) h" : "\(hours) h \(left) min"
    }

    /// Seconds with exactly one decimal and no unit, for columns of a table.
    func cell(_ duration: Duration) -> String {
        (Double(Self.tenths(duration)) / 10).decimals(1, fixed: true, mark: decimalMark)
    }

    func number(_ value: Double, decimals: Int) -> String {
        value.decimals(decimals, mark: decimalMark)
    }

    private static func tenths(_ duration: Duration) -> Int64 {
        duration.rounded(to: 100_000_000) / 100_000_000
    }
}

extension Duration {
    /// Nanoseconds rounded to a multiple of `unit`, halves away from zero.
    func rounded(to unit: Int64) -> Int64 {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: unit)
        if rest.magnitude * 2 < UInt64(unit) { return whole * unit }
        return (whole + rest.signum()) * unit
    }

    /// Seconds with at most three decimals and a point, for programs: `46.2`, `7`, `0.001`.
    package var seconds3: String { Duration(nanoseconds: rounded(to: 1_000_000)).decimalSeconds }
}
