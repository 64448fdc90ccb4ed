import Testing

@testable import Simulation

@Suite struct SpreadTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let spread: Spread
        let mean: Double
        let typical: Duration

        init(_ name: String, _ spread: Spread, mean: Double, typical: Duration) {
            self.name = name
            self.spread = spread
            self.mean = mean
            self.typical = typical
        }

        var testDescription: String { name }
    }

    static let cases = [
        Case("always", .always(.seconds(3)), mean: 3, typical: .seconds(3)),
        Case(
            "between", .between(.seconds(10), .seconds(18)), mean: 14, typical: .seconds(14)),
        Case("between equals", .between(.seconds(2), .seconds(2)), mean: 2, typical: .seconds(2)),
        Case(
            "triangular", .triangular(low: .seconds(1), high: .seconds(9), mode: .seconds(2)),
            mean: 4, typical: .seconds(2)),
        Case(
            "triangular with the mode at the end",
            .triangular(low: .zero, high: .seconds(3), mode: .seconds(3)),
            mean: 2, typical: .seconds(3)),
        Case(
            "triangular without width",
            .triangular(low: .seconds(3), high: .seconds(3), mode: .seconds(3)),
            mean: 3, typical: .seconds(3)),
        Case(
            "normal",
            .normal(mean: .seconds(20), deviation: .seconds(2), from: .zero, to: .seconds(60)),
            mean: 20, typical: .seconds(20)),
        Case(
            // The mean of max(0, X) for the standard normal X is 1 / sqrt(2 pi).
            "normal, half of it clamped",
            .normal(mean: .zero, deviation: .seconds(1), from: .zero, to: .seconds(60)),
            mean: 0.398942280401, typical: .zero),
        Case(
            // The mean of a log-normal is its median times e^(sigma^2 / 2).
            "log-normal",
            .logNormal(median: .seconds(10), sigma: 0.5, from: .zero, to: .hours(1)),
            mean: 11.331484530669, typical: .seconds(10)),
        Case(
            "log-normal without spread",
            .logNormal(median: .seconds(10), sigma: 0, from: .zero, to: .hours(1)),
            mean: 10, typical: .seconds(10)),
        Case(
            "log-normal that reaches far beyond its limit",
            .logNormal(median: .seconds(10), sigma: 1e6, from: .zero, to: .seconds(20)),
            mean: 10, typical: .seconds(10)),
        Case(
            "empirical", .empirical([.seconds(5), .seconds(1), .seconds(3), .seconds(1)]),
            mean: 2.5, typical: .seconds(1)),
    ]

    private static let steps = 20_000

    @Test(arguments: cases) func staysInRangeAndReachesBothEnds(_ c: Case) {
        let range = c.spread.range
        for step in 0...Self.steps {
            let value = c.spread.value(at: Double(step) / Double(Self.steps))
            #expect(range.contains(value))
        }
        switch c.spread {
        case .normal, .logNormal: break
        default:
            #expect(c.spread.value(at: 0) == range.lowerBound)
            #expect(c.spread.value(at: 1) == range.upperBound)
        }
    }

    @Test(arguments: cases) func growsWithTheShare(_ c: Case) {
        let values = (0...Self.steps).map { c.spread.value(at: Double($0) / Double(Self.steps)) }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: cases) func hasTheMeanItShould(_ c: Case) {
        let sum = (0..<Self.steps).reduce(0.0) { sum, step in
            sum + c.spread.value(at: (Double(step) + 0.5) / Double(Self.steps)).inSeconds
        }
        #expect(abs(sum / Double(Self.steps) - c.mean) <= 1e-3 * max(c.mean, 1))
    }

    @Test(arguments: cases) func drawsHaveTheMeanToo(_ c: Case) {
        let sum = (0..<20_000).reduce(0.0) { sum, subject in
            let purpose = Chance.Purpose("test")
            return sum
                + Chance(seed: 1).draw(c.spread, for: purpose, of: UInt64(subject)).inSeconds
        }
        #expect(abs(sum / 20_000 - c.mean) <= 0.02 * c.mean)
    }

    @Test(arguments: cases) func knowsWhatIsTypical(_ c: Case) {
        #expect(c.spread.typical == c.typical)
        #expect(c.spread.atTypical == .always(c.typical))
    }

    @Test(arguments: cases) func hasNoProblemAndSurvivesSaving(_ c: Case) throws {
        #expect(c.spread.problem() == nil)
        #expect(try reloaded(c.spread) == c.spread)
    }

    @Test func betweenReachesEachNanosecondEquallyOften() {
        let spread = Spread.between(Duration(nanoseconds: 5), Duration(nanoseconds: 8))
        var counts = [Int64: Int]()
        for step in 0..<4000 {
            counts[spread.value(at: Double(step) / 4000).nanoseconds, default: 0] += 1
        }
        #expect(counts == [5: 1000, 6: 1000, 7: 1000, 8: 1000])
    }

    static let problems: [(Spread, String)] = [
        (
            .always(Duration(nanoseconds: -1)),
            "A duration of -0.000000001 s is not possible: it is negative."
        ),
        (
            .between(.seconds(3), .seconds(2)),
            "The shortest duration, 3 s, is longer than the longest, 2 s."
        ),
        (
            .triangular(low: .zero, high: .seconds(2), mode: .seconds(3)),
            "The most likely duration, 3 s, is not between 0 s and 2 s."
        ),
        (
            .normal(mean: .zero, deviation: .seconds(-1), from: .zero, to: .zero),
            "A deviation of -1 s is not possible: it is negative."
        ),
        (
            .logNormal(median: .seconds(-1), sigma: 1, from: .zero, to: .zero),
            "A median of -1 s is not possible: it is negative."
        ),
        (
            .logNormal(median: .seconds(1), sigma: -1, from: .zero, to: .zero),
            "A sigma of -1.0 is not possible."
        ),
        (.empirical([]), "A list of measured durations needs at least one."),
        (
            .empirical([.seconds(1), .seconds(-1)]),
            "A duration of -1 s is not possible: it is negative."
        ),
    ]

    @Test(arguments: problems) func saysWhatIsWrong(spread: Spread, problem: String) {
        #expect(spread.problem() == problem)
    }
}
