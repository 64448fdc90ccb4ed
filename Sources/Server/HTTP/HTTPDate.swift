import CloudAPI

/// The `Date` header of answers, put together once a second.
///
/// Source of the form: RFC 9110, section 5.6.7.
struct HTTPDate {
    private var second: Int64 = .min
    private var known = ""

    /// - Parameter milliseconds: Since 1970; `"Sun, 06 Nov 1994 08:49:37 GMT"`.
    mutating func text(at milliseconds: Int64) -> String {
        let now = milliseconds / 1000
        if now != second { (second, known) = (now, Self.text(atSecond: now)) }
        return known
    }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// - Parameter seconds: Since 1970.
    static func text(atSecond seconds: Int64) -> String {
        // "2026-11-25T08:23:28Z"
        let digits = Timestamp(seconds: Int(seconds)).iso8601
        let parts = digits.split { $0 == "-" || $0 == "T" || $0 == "Z" || $0 == "." }
        let day = days[Int(seconds / 86_400 % 7)]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(day), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }
}
