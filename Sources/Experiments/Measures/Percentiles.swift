/// Where the values of many runs lie.
///
/// By nearest rank: each is one of the values, the first below or at which lies as large a share of
/// them as asked for.
public struct Percentiles: Sendable, Equatable {
    /// How many values there were.
    public let count: Int
    public let least: Double
    public let p5: Double
    public let median: Double
    public let p95: Double
    public let most: Double

    /// - Returns: `nil` of no values.
    public init?(of values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first else { return nil }
        func at(_ share: Double) -> Double {
            let rank = Int((Double(sorted.count) * share).rounded(.up))
            return sorted[min(sorted.count, max(1, rank)) - 1]
        }
        count = sorted.count
        (least, p5, median, p95, most) = (first, at(0.05), at(0.5), at(0.95), sorted.last!)
    }
}
