import Cloud
import CloudAPI
import Simulation

/// An instant of a cloud's clock as people write it.
public enum WrittenInstant: Hashable, Sendable {
    case now
    case sinceStart(Duration)
    case calendar(Timestamp)

    /// What may be written, for whoever wrote something else.
    public static let forms =
        "seconds since the clock's start (90, 90s, 1h30m), an instant of the calendar "
        + "(2026-11-30T12:00:00Z) or now"

    /// Reads `90`, `90s`, `1.5m`, `1h30m`, `2d`, `2026-11-30T12:00:00Z` and `now`.
    ///
    /// Units come from the largest to the smallest: `d`, `h`, `m`, `s`. A number alone is seconds.
    public init?(_ text: String) {
        if text == "now" {
            self = .now
        } else if let duration = Self.duration(text) {
            self = .sinceStart(duration)
        } else if let instant = Timestamp(iso8601: text) {
            self = .calendar(instant)
        } else {
            return nil
        }
    }

    /// The same on the clock of a cloud; `nil` for what lies before its start.
    ///
    /// - Parameter epoch: The calendar instant of the clock's start.
    public func instant(epoch: Timestamp, now: Instant) -> Instant? {
        switch self {
        case .now: return now
        case .sinceStart(let duration): return .start + duration
        case .calendar(let instant):
            let (milliseconds, isTooFar) = (instant.milliseconds - epoch.milliseconds)
                .multipliedReportingOverflow(by: 1_000_000)
            guard milliseconds >= 0, !isTooFar else { return nil }
            return .start + Duration(nanoseconds: milliseconds)
        }
    }

    private static let units: [(name: Character, seconds: Int64)] = [
        ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    private static func duration(_ text: String) -> Duration? {
        if let alone = Quantity.billionths(text) { return Duration(nanoseconds: alone) }
        var (rest, left) = (text[...], units[...])
        var sum: Int64 = 0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest[number.endIndex...]
            guard let billionths = Quantity.billionths(number), let unit = rest.popFirst(),
                let place = left.firstIndex(where: { $0.name == unit })
            else { return nil }
            let (part, isTooLong) = billionths.multipliedReportingOverflow(by: left[place].seconds)
            let (total, isTooMuch) = sum.addingReportingOverflow(part)
            guard !isTooLong, !isTooMuch else { return nil }
            sum = total
            left = left[(place + 1)...]
        }
        return text.isEmpty ? nil : Duration(nanoseconds: sum)
    }
}
