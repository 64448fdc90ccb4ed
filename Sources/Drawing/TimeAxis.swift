/// A stretch of time laid out along a line, and where its ticks stand.
public struct TimeAxis: Sendable, Equatable {
    /// In seconds.
    public let from: Double
    /// In seconds; always later than `from`.
    public let to: Double

    public init(from: Double, to: Double) {
        self.from = from
        self.to = to > from ? to : from + 1
    }

    public struct Tick: Sendable, Equatable {
        /// In seconds.
        public var at: Double
        public var label: String
    }

    /// Where `time` lies on a line of this length; the ends if it lies outside.
    public func position(_ time: Double, along length: Double) -> Double {
        min(1, max(0, (time - from) / (to - from))) * length
    }

    /// Ticks on round times, tenths of seconds to hours, with at most `count` stretches between.
    public func ticks(atMost count: Int, mark: String = ".") -> [Tick] {
        let step = Self.step(for: to - from, atMost: max(1, count))
        // Counted in steps, so that tick 7 of 0.1 s is 0.7 and not 0.7000000000000001.
        let first = Int64((from / step).rounded(.up))
        let last = Int64((to / step).rounded(.down))
        guard first <= last else { return [] }
        return (first...last).map { index in
            let at = Double(index) * step
            return Tick(at: at, label: Self.label(at, step: step, mark: mark))
        }
    }

    private static func step(for span: Double, atMost count: Int) -> Double {
        let steps: [Double] = [
            0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800,
            21600, 43200, 86400,
        ]
        let fits = { (step: Double) in span / step <= Double(count) }
        if let step = steps.first(where: fits) { return step }
        var step = 2 * 86400.0
        while !fits(step) { step *= 2 }
        return step
    }

    /// The largest unit that the step is whole in: `20`, `5 min`, `2 h`. Bare numbers are seconds.
    private static func label(_ time: Double, step: Double, mark: String) -> String {
        if time == 0 { return "0" }
        let hours = (step / 3600).rounded(.down) * 3600 == step
        let minutes = (step / 60).rounded(.down) * 60 == step
        if hours { return (time / 3600).decimals(0) + " h" }
        if minutes { return (time / 60).decimals(0) + " min" }
        return time.decimals(step < 1 ? 1 : 0, mark: mark)
    }
}
