import Reports

/// A condition on what a run measured: `downtime == 0`, `both_versions < 120s and rollbacks == 0`.
///
/// The language is in docs/exec.md. A figure that there is none of makes every comparison with it
/// false.
package struct Assertion: Sendable {
    /// As it was written.
    package let text: String
    let condition: Condition

    indirect enum Condition: Sendable, Equatable {
        case comparison(Measure, Comparison, Double)
        case not(Condition)
        case and(Condition, Condition)
        case or(Condition, Condition)
    }

    enum Comparison: String, CaseIterable, Sendable {
        case equal = "=="
        case notEqual = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case more = ">"

        func holds(_ one: Double, _ other: Double) -> Bool {
            switch self {
            case .equal: one == other
            case .notEqual: one != other
            case .atMost: one <= other
            case .atLeast: one >= other
            case .less: one < other
            case .more: one > other
            }
        }
    }

    /// Why a text is no assertion, in a sentence that names the place.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// - Throws: A ``Problem``.
    package init(_ text: String) throws(Problem) {
        self.text = text
        condition = try AssertionReader.read(text)
    }

    func judge(_ measures: Measures) -> Verdict.Assertion {
        let named = condition.measures.map { "\($0.rawValue) is \(measures.text($0))" }
        return Verdict.Assertion(
            text: text, holds: condition.holds(measures), values: named.joined(separator: ", "))
    }
}

extension Assertion.Condition {
    func holds(_ measures: Measures) -> Bool {
        switch self {
        case .comparison(let measure, let comparison, let value):
            measures[measure].map { comparison.holds($0, value) } ?? false
        case .not(let inner): inner.isKnown(measures) && !inner.holds(measures)
        case .and(let one, let other): one.holds(measures) && other.holds(measures)
        case .or(let one, let other): one.holds(measures) || other.holds(measures)
        }
    }

    private func isKnown(_ measures: Measures) -> Bool {
        self.measures.allSatisfy { measures[$0] != nil }
    }

    /// Each once, in the order of their first mention.
    var measures: [Measure] {
        switch self {
        case .comparison(let measure, _, _): [measure]
        case .not(let inner): inner.measures
        case .and(let one, let other), .or(let one, let other):
            one.measures + other.measures.filter { !one.measures.contains($0) }
        }
    }
}

extension Measures {
    /// The figure with its unit: `"33.5 s"`, `"0.0012 USD"`, `"2"`.
    func text(_ measure: Measure) -> String {
        guard let value = self[measure] else { return "unknown" }
        switch measure.kind {
        case .time: return value.plain(decimals: 3) + " s"
        case .money: return value.plain(decimals: 6) + " USD"
        case .count: return value.plain(decimals: 0)
        }
    }
}

extension Double {
    /// Without an exponent and without zeros at the end.
    func plain(decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let whole = Int64((magnitude * scale).rounded())
        let (integer, rest) = whole.quotientAndRemainder(dividingBy: Int64(scale))
        var digits = String(rest)
        digits = String(repeating: "0", count: max(0, decimals - digits.utf8.count)) + digits
        while digits.last == "0" { digits.removeLast() }
        let sign = self < 0 && whole != 0 ? "-" : ""
        return sign + String(integer) + (rest == 0 || decimals == 0 ? "" : "." + digits)
    }
}
