import Simulation
import Testing

@testable import Server

@Suite struct PaceTests {
    static func moment(_ seconds: Double) -> WallClock.Moment {
        WallClock.Moment(nanoseconds: UInt64(seconds * 1e9))
    }

    static func pace(_ mode: Pace.Mode, speed: Double = 1) -> Pace {
        Pace(mode, speed: speed, at: Instant(.seconds(100)), wall: moment(5))
    }

    @Test(arguments: [
        (Pace.Mode.real, 1.0, 8.0, 103), (.real, 60, 6, 160), (.demand, 2, 6.5, 103),
        (.manual, 60, 8, 100), (.real, 0, 8, 100),
    ])
    func leadsTheVirtualClock(mode: Pace.Mode, speed: Double, wall: Double, expected: Int) {
        let instant = Self.pace(mode, speed: speed).instant(at: Self.moment(wall))
        #expect(instant == Instant(.seconds(expected)))
    }

    @Test func knowsWhenAnInstantComes() {
        let pace = Self.pace(.real, speed: 10)
        let due = Instant(.seconds(130))
        #expect(pace.moment(of: due) == Self.moment(8))
        #expect(pace.instant(at: Self.moment(8)) == due)
        #expect(Self.pace(.manual).moment(of: due) == nil)
    }

    @Test func goesOnFromWhereItIsMoved() {
        var pace = Self.pace(.demand)
        pace.move(to: Instant(.seconds(700)), at: Self.moment(6))
        #expect(pace.instant(at: Self.moment(7)) == Instant(.seconds(701)))
        pace.set(isPaused: true, at: Instant(.seconds(701)), wall: Self.moment(7))
        #expect(pace.instant(at: Self.moment(99)) == Instant(.seconds(701)))
        pace.set(isPaused: false, at: Instant(.seconds(701)), wall: Self.moment(99))
        pace.set(speed: 3, at: Instant(.seconds(701)), wall: Self.moment(99))
        #expect(pace.instant(at: Self.moment(100)) == Instant(.seconds(704)))
    }

    @Test func doesNotOverflow() {
        let pace = Self.pace(.real, speed: 1_000_000)
        let far = WallClock.Moment(nanoseconds: .max / 2)
        #expect(pace.instant(at: far) > Instant(.hours(24 * 365)))
    }
}
