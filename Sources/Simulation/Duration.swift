/// An amount of virtual time, in whole nanoseconds.
///
/// Not the standard library's `Duration`, which counts attoseconds in 16 bytes: an event, a task
/// and every row of a timeline hold several of these, and all that is drawn is whole nanoseconds.
/// Where this module is imported, `Duration` means this one. Arithmetic traps on overflow (292
/// years).
@frozen
public struct Duration: Hashable, Comparable, Codable, Sendable, BitwiseCopyable {
    public var nanoseconds: Int64

    @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    @inlinable public static var zero: Duration { Duration(nanoseconds: 0) }
    @inlinable public static func milliseconds(_ count: Int) -> Duration {
        Duration(nanoseconds: Int64(count) * 1_000_000)
    }
    @inlinable public static func seconds(_ count: Int) -> Duration {
        Duration(nanoseconds: Int64(count) * 1_000_000_000)
    }
    /// Rounds to the nearest nanosecond, halves away from zero.
    @inlinable public static func seconds(_ count: Double) -> Duration {
        // Not `rounded()`, which would bring in the C library's mathematics.
        Duration(nanoseconds: Int64(count * 1e9 + (count < 0 ? -0.5 : 0.5)))
    }
    @inlinable public static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
    @inlinable public static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }

    /// For reports; the core computes in nanoseconds.
    @inlinable public var inSeconds: Double { Double(nanoseconds) / 1e9 }

    @inlinable public static func < (one: Duration, other: Duration) -> Bool {
        one.nanoseconds < other.nanoseconds
    }
    @inlinable public static func + (one: Duration, other: Duration) -> Duration {
        Duration(nanoseconds: one.nanoseconds + other.nanoseconds)
    }
    @inlinable public static func - (one: Duration, other: Duration) -> Duration {
        Duration(nanoseconds: one.nanoseconds - other.nanoseconds)
    }
    @inlinable public static func += (one: inout Duration, other: Duration) { one = one + other }
    @inlinable public static func -= (one: inout Duration, other: Duration) { one = one - other }
    @inlinable public static func * (one: Duration, count: Int) -> Duration {
        Duration(nanoseconds: one.nanoseconds * Int64(count))
    }
    @inlinable public static func / (one: Duration, count: Int) -> Duration {
        Duration(nanoseconds: one.nanoseconds / Int64(count))
    }
    /// Rounds to the nearest nanosecond.
    @inlinable public static func * (one: Duration, factor: Double) -> Duration {
        .seconds(one.inSeconds * factor)
    }
    @inlinable public static func / (one: Duration, other: Duration) -> Double {
        Double(one.nanoseconds) / Double(other.nanoseconds)
    }
}

extension Duration: CustomStringConvertible {
    /// Seconds with as many decimals as it takes, nine at most: `1.5 s`.
    public var description: String { "\(decimalSeconds) s" }

    /// The same without the unit.
    public var decimalSeconds: String {
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        var text = (nanoseconds < 0 ? "-" : "") + String(seconds)
        guard rest > 0 else { return text }
        var digits = String(rest)
        digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        while digits.last == "0" { digits.removeLast() }
        text += "." + digits
        return text
    }
}
