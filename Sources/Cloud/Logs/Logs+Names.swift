import CloudAPI
import Simulation

/// Source of the forms: surroundings.md section 4.2.
extension Cloud {
    /// Without the `:*` that some answers put behind it.
    public func arn(_ id: LogGroupID) -> String {
        let group = logs.groups[id]
        return "arn:aws:logs:\(group.place.region):\(group.place.account):log-group:\(group.name)"
    }

    public func arn(_ id: LogStreamID) -> String {
        let stream = logs.streams[id]
        return "\(arn(stream.group)):log-stream:\(stream.name)"
    }

    /// CloudWatch Logs counts time in milliseconds.
    func milliseconds(_ instant: Instant) -> Int { Int(calendar(instant).milliseconds) }

    /// The instant of the virtual clock at so many milliseconds since 1970; far away from now it is
    /// the end of the clock.
    func instant(milliseconds: Int) -> Instant {
        let limit: Int64 = 9_000_000_000_000
        let sinceStart = Int64(clamping: milliseconds).subtractingReportingOverflow(
            epoch.milliseconds)
        let clamped =
            sinceStart.overflow ? -limit : max(-limit, min(limit, sinceStart.partialValue))
        return .start + Duration(nanoseconds: clamped * 1_000_000)
    }

    /// Since when the events of a group are kept.
    func oldestKept(in id: LogGroupID) -> Instant? {
        logs.groups[id].retentionDays.map { now - .hours(24 * $0) }
    }
}
