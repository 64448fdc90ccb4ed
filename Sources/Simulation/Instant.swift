/// A moment on the virtual clock, counted from the clock's start.
@frozen
public struct Instant: Hashable, Comparable, Codable, Sendable, BitwiseCopyable {
    public var sinceStart: Duration

    @inlinable public init(_ sinceStart: Duration) { self.sinceStart = sinceStart }

    /// Where every clock begins.
    @inlinable public static var start: Instant { Instant(.zero) }
    /// Later than everything: the limit of a wait without one.
    @inlinable public static var never: Instant { Instant(Duration(nanoseconds: .max)) }

    @inlinable public static func < (one: Instant, other: Instant) -> Bool {
        one.sinceStart < other.sinceStart
    }
    @inlinable public static func + (instant: Instant, wait: Duration) -> Instant {
        Instant(instant.sinceStart + wait)
    }
    @inlinable public static func - (instant: Instant, wait: Duration) -> Instant {
        Instant(instant.sinceStart - wait)
    }
    @inlinable public static func - (one: Instant, other: Instant) -> Duration {
        one.sinceStart - other.sinceStart
    }
    @inlinable public static func += (instant: inout Instant, wait: Duration) {
        instant = instant + wait
    }
}

extension Instant: CustomStringConvertible {
    public var description: String { sinceStart.decimalSeconds }
}
