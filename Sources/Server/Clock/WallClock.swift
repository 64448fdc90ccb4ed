import Foundation

/// The machine's clocks. Nothing but the edge may ask them.
enum WallClock {
    /// A reading of the clock that never jumps.
    struct Moment: Sendable, Comparable {
        var nanoseconds: UInt64

        static func < (one: Moment, other: Moment) -> Bool { one.nanoseconds < other.nanoseconds }

        /// What is left until this moment; zero once it is past.
        func since(_ earlier: Moment) -> UInt64 {
            nanoseconds > earlier.nanoseconds ? nanoseconds - earlier.nanoseconds : 0
        }
    }

    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    /// Milliseconds since 1970, by the calendar.
    static var calendarMilliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
