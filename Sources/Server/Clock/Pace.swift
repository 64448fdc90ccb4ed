import Simulation

/// How virtual time follows the wall clock. The cloud itself knows nothing of it.
public struct Pace: Sendable {
    public enum Mode: String, Sendable, CaseIterable {
        /// Virtual time flows at the speed.
        case real
        /// It stands still until it is told to move.
        case manual
        /// It flows at the speed, and waiting clients move it ahead.
        case demand
    }

    public let mode: Mode
    /// Virtual seconds in a second.
    private(set) var speed: Double
    private(set) var isPaused = false
    /// Two moments that are the same: on the wall clock, and on the virtual one.
    private var wallAnchor: WallClock.Moment
    private var anchor: Instant

    init(_ mode: Mode, speed: Double, at instant: Instant, wall: WallClock.Moment) {
        self.mode = mode
        self.speed = speed
        wallAnchor = wall
        anchor = instant
    }

    var flows: Bool { mode != .manual && !isPaused && speed > 0 }

    /// Where the virtual clock should stand.
    func instant(at wall: WallClock.Moment) -> Instant {
        guard flows else { return anchor }
        let elapsed = Double(wall.nanoseconds &- wallAnchor.nanoseconds) * speed
        // Beyond a century nothing is asked for, and arithmetic must not overflow.
        return anchor + Duration(nanoseconds: Int64(min(elapsed, 3e18)))
    }

    /// When the virtual clock will get there; `nil` if it does not move by itself.
    func moment(of instant: Instant) -> WallClock.Moment? {
        guard flows else { return nil }
        let ahead = Double((instant - anchor).nanoseconds) / speed
        return WallClock.Moment(
            nanoseconds: wallAnchor.nanoseconds &+ UInt64(max(0, min(ahead.rounded(.up), 9e18))))
    }

    /// Takes note that the virtual clock stands somewhere else than where the speed led it.
    mutating func move(to instant: Instant, at wall: WallClock.Moment) {
        anchor = instant
        wallAnchor = wall
    }

    mutating func set(speed: Double, at instant: Instant, wall: WallClock.Moment) {
        move(to: instant, at: wall)
        self.speed = speed
    }

    mutating func set(isPaused: Bool, at instant: Instant, wall: WallClock.Moment) {
        move(to: instant, at: wall)
        self.isPaused = isPaused
    }
}
