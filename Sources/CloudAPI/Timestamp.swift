/// An instant of the calendar, in milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Codable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public init(seconds: Int) { self.init(milliseconds: Int64(seconds) * 1000) }

    /// Rounds to the nearest millisecond.
    ///
    /// - Returns: `nil` if `seconds` is not a number or beyond the year 9999.
    public init?(secondsSince1970 seconds: Double) {
        guard abs(seconds) < 253_402_300_800 else { return nil }
        // Not `rounded()`, which would bring in the C library's mathematics.
        self.init(milliseconds: Int64(seconds * 1000 + (seconds < 0 ? -0.5 : 0.5)))
    }

    public var secondsSince1970: Double { Double(milliseconds) / 1000 }

    public static func < (one: Timestamp, other: Timestamp) -> Bool {
        one.milliseconds < other.milliseconds
    }
}

extension Timestamp: CustomStringConvertible {
    public var description: String { iso8601 }

    /// `2024-02-29T12:00:00.000Z`, always with milliseconds and in UTC.
    public var iso8601: String {
        var text: [UInt8] = []
        appendISO8601(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    func appendISO8601(to text: inout [UInt8]) {
        let (day, inDay) = milliseconds.flooredDivision(by: 86_400_000)
        let (year, month, dayOfMonth) = Self.date(ofDay: day)
        func digits(_ value: Int64, _ count: Int, then separator: Unicode.Scalar) {
            var unit: Int64 = 1
            for _ in 1..<count { unit *= 10 }
            while unit > 0 {
                text.append(48 + UInt8(value / unit % 10))
                unit /= 10
            }
            text.append(UInt8(ascii: separator))
        }
        digits(year, 4, then: "-")
        digits(month, 2, then: "-")
        digits(dayOfMonth, 2, then: "T")
        digits(inDay / 3_600_000, 2, then: ":")
        digits(inDay / 60_000 % 60, 2, then: ":")
        digits(inDay / 1000 % 60, 2, then: ".")
        digits(inDay % 1000, 3, then: "Z")
    }

    /// Reads `2024-02-29`, `2024-02-29T12:00`, with seconds, with a fraction, and with `Z` or
    /// an offset such as `+02:00`. Without an offset it is UTC; beyond milliseconds it is cut off.
    public init?(iso8601 text: String) {
        var reader = DigitReader(bytes: Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"),
            let month = reader.number(2), reader.take("-"), let day = reader.number(2),
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        var milliseconds: Int64 = 0
        if reader.take("T") || reader.take("t") || reader.take(" ") {
            guard let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
                hour < 24, minute < 60
            else { return nil }
            milliseconds = (hour * 60 + minute) * 60_000
            if reader.take(":") {
                guard let second = reader.number(2), second <= 60 else { return nil }
                milliseconds += second * 1000
                if reader.take(".") {
                    guard let fraction = reader.fraction() else { return nil }
                    milliseconds += fraction
                }
            }
            if !reader.take("Z") && !reader.take("z") && !reader.isAtEnd {
                let east = reader.take("+")
                guard east || reader.take("-"), let hours = reader.number(2) else { return nil }
                _ = reader.take(":")
                guard let minutes = reader.number(2), hours < 24, minutes < 60 else { return nil }
                milliseconds += (hours * 60 + minutes) * (east ? -60_000 : 60_000)
            }
        }
        guard reader.isAtEnd else { return nil }
        self.init(milliseconds: Self.day(year, month, day) * 86_400_000 + milliseconds)
    }
}

extension Timestamp {
    // Days and dates of the proleptic Gregorian calendar, counted in eras of 400 years that begin
    // on 1 March. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, inEra) = (day + 719_468).flooredDivision(by: 146_097)
        let year = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
        let inYear = inEra - (365 * year + year / 4 - year / 100)
        let fromMarch = (5 * inYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        return (
            era * 400 + year + (month <= 2 ? 1 : 0), month, inYear - (153 * fromMarch + 2) / 5 + 1
        )
    }

    private static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (era, inEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let inYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + inEra * 365 + inEra / 4 - inEra / 100 + inYear - 719_468
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

private struct DigitReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    private mutating func digit() -> Int64? {
        guard position < bytes.count, (48...57).contains(bytes[position]) else { return nil }
        position += 1
        return Int64(bytes[position - 1] - 48)
    }

    mutating func number(_ count: Int) -> Int64? {
        var number: Int64 = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// The digits after the decimal point, as milliseconds.
    mutating func fraction() -> Int64? {
        guard var number = digit() else { return nil }
        number *= 100
        var unit: Int64 = 10
        while let digit = digit() {
            number += digit * unit
            unit /= 10
        }
        return number
    }
}
