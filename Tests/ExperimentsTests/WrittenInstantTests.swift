import CloudAPI
import Simulation
import Testing

@testable import Experiments

@Suite struct WrittenInstantTests {
    @Test(arguments: [
        ("0", WrittenInstant.sinceStart(.zero)), ("90", .sinceStart(.seconds(90))),
        ("90s", .sinceStart(.seconds(90))), ("1.5m", .sinceStart(.seconds(90))),
        ("1h30m", .sinceStart(.minutes(90))), ("2d", .sinceStart(.hours(48))),
        ("1d2h3m4.005s", .sinceStart(.milliseconds(93_784_005))),
        (".25", .sinceStart(.milliseconds(250))), ("now", .now),
        ("2026-11-30T12:00:00Z", .calendar(Timestamp(seconds: 1_796_040_000))),
        ("2026-11-30T14:00:00+02:00", .calendar(Timestamp(seconds: 1_796_040_000))),
        ("2026-11-30", .calendar(Timestamp(seconds: 1_795_996_800))),
    ])
    func reads(text: String, moment: WrittenInstant) { #expect(WrittenInstant(text) == moment) }

    @Test(arguments: [
        "", "s", "-5", "1m1h", "1h1h", "5x", "1 h", "1e3", "500ms", "1h30", "soon", "1..5", "٣",
        "999999999d999999999d", "2026-13-01", "2026-11-30T25:00:00Z", "9999999999",
    ])
    func refuses(text: String) { #expect(WrittenInstant(text) == nil) }

    @Test func standsOnTheClock() {
        let epoch = Timestamp(seconds: 1_767_225_600)
        let now = Instant(.seconds(77))
        func instant(_ text: String) -> Instant? {
            WrittenInstant(text)?.instant(epoch: epoch, now: now)
        }
        #expect(instant("now") == now)
        #expect(instant("1m") == Instant(.seconds(60)))
        #expect(instant("2026-01-01T00:01:00.500Z") == Instant(.milliseconds(60_500)))
        #expect(instant("2026-01-01") == .start)
        #expect(instant("2025-12-31T23:59:59Z") == nil)
        #expect(instant("9999-01-01") == nil)
    }
}
