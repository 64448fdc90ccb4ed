import CloudAPI

extension CloudWatchLogs.GetLogEvents: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group = try cloud.logs.find(group: logGroupName, or: logGroupIdentifier, for: caller)
        let stream = try cloud.logs.find(stream: logStreamName, in: group)
        let limit = try Logs.limit(limit, upTo: 10_000, or: 10_000)
        var mark: Logs.PageMark?
        if let nextToken {
            guard let known = Logs.PageMark(nextToken) else {
                throw .invalidLogParameter("The specified nextToken is invalid.")
            }
            mark = known
        }

        let page = cloud.logs.page(
            of: stream, in: cloud.keptEvents(of: stream, from: startTime, to: endTime), at: mark,
            fromHead: startFromHead ?? false, limit: limit)
        return Output(
            events: page.events.map { CloudWatchLogs.OutputLogEvent($0, in: cloud) },
            nextForwardToken: page.forward.token, nextBackwardToken: page.backward.token)
    }
}
