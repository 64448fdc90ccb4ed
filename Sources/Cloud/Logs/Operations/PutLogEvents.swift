import CloudAPI
import Simulation

/// The sequence token is passed over. Source of the rules: surroundings.md section 4.2.
extension CloudWatchLogs.PutLogEvents: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group = try cloud.logs.find(group: logGroupName, for: caller)
        let stream = try cloud.logs.find(stream: logStreamName, in: group)
        try checkBatch()
        let accepted = acceptance(in: group, of: cloud)

        for event in logEvents[accepted.range] {
            cloud.logs.append(
                Logs.Event(
                    at: cloud.instant(milliseconds: event.timestamp ?? 0), ingestedAt: cloud.now,
                    message: event.message ?? ""),
                to: stream)
        }

        let next = Logs.EventKey(at: cloud.now, number: cloud.logs.eventsWritten)
        return Output(nextSequenceToken: next.digits, rejectedLogEventsInfo: accepted.rejected)
    }

    private func checkBatch() throws(APIFailure) {
        guard (1...10_000).contains(logEvents.count) else {
            throw .invalidLogParameter(
                logEvents.count, at: "logEvents", "have length between 1 and 10000")
        }
        let sizes = logEvents.map { ($0.message ?? "").utf8.count + 26 }
        let size = sizes.reduce(0, +)
        guard size <= 1_048_576 else {
            throw .invalidLogParameter(
                "Upload too large: \(size) bytes exceeds limit of 1048576")
        }
        var before = 0
        for event in logEvents {
            guard let time = event.timestamp, time >= 0, event.message?.isEmpty == false else {
                throw .invalidLogParameter("Log event must have a timestamp and a message.")
            }
            guard time >= before else { throw .logEventsOutOfOrder }
            before = time
        }
        let first = logEvents.first?.timestamp ?? 0
        guard before - first <= 86_400_000 else {
            throw .invalidLogParameter(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 "
                    + "hours.")
        }
    }

    /// Which events are taken: none older than 14 days or than the retention, none from more than
    /// two hours ahead.
    private func acceptance(
        in group: LogGroupID, of cloud: Cloud
    ) -> (range: Range<Int>, rejected: CloudWatchLogs.RejectedLogEventsInfo?) {
        func firstIndex(notBefore instant: Instant) -> Int {
            logEvents.partition { cloud.instant(milliseconds: $0.timestamp ?? 0) >= instant }
        }
        let tooOld = firstIndex(notBefore: cloud.now - .hours(24 * 14))
        let expired = cloud.oldestKept(in: group).map { firstIndex(notBefore: $0) } ?? 0
        let tooNew = logEvents.partition {
            cloud.instant(milliseconds: $0.timestamp ?? 0) > cloud.now + .hours(2)
        }
        let start = max(tooOld, expired)
        let rejected = CloudWatchLogs.RejectedLogEventsInfo(
            tooNewLogEventStartIndex: tooNew < logEvents.count ? tooNew : nil,
            tooOldLogEventEndIndex: tooOld > 0 ? tooOld : nil,
            expiredLogEventEndIndex: expired > 0 ? expired : nil)
        let isWhole = start == 0 && tooNew == logEvents.count
        return (start..<max(start, tooNew), isWhole ? nil : rejected)
    }
}
