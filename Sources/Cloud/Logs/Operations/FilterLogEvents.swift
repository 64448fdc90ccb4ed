import CloudAPI

/// Over all streams in the order of time. Source: surroundings.md section 4.2.
extension CloudWatchLogs.FilterLogEvents: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group = try cloud.logs.find(group: logGroupName, or: logGroupIdentifier, for: caller)
        let streams = try chosen(in: group, of: cloud.logs)
        let pattern = try LogPattern(filterPattern ?? "")
        let limit = try Logs.limit(limit, upTo: 10_000, or: 10_000)
        let last = try Logs.last(nextToken).flatMap { Logs.EventKey(digits: $0) }
        if nextToken != nil && last == nil {
            throw .invalidLogParameter("The specified nextToken is invalid.")
        }

        var search = EventSearch(
            streams.map { ($0, cloud.keptEvents(of: $0, from: startTime, to: endTime)) },
            in: cloud.logs,
            after: last)
        var (events, bytes) = ([CloudWatchLogs.FilteredLogEvent](), 0)
        while let (stream, event) = search.next() {
            guard pattern.matches(event.message) else { continue }
            events.append(.init(event, of: cloud.logs.streams[stream].name, in: cloud))
            bytes += event.sizeBytes
            if events.count == limit || bytes >= Logs.pageBytes {
                let token = search.isAtEnd ? nil : PageToken(after: event.key.digits).text
                return Output(events: events, searchedLogStreams: [], nextToken: token)
            }
        }
        return Output(events: events, searchedLogStreams: [])
    }

    private func chosen(in group: LogGroupID, of logs: Logs) throws(APIFailure) -> [LogStreamID] {
        guard logStreamNames == nil || logStreamNamePrefix == nil else {
            throw .invalidLogParameter(
                "logStreamNamePrefix and logStreamNames are mutually exclusive parameters.")
        }
        if let logStreamNames {
            guard (1...100).contains(logStreamNames.count) else {
                throw .invalidLogParameter(
                    logStreamNames.count, at: "logStreamNames", "have length between 1 and 100")
            }
            var ids: [LogStreamID] = []
            for name in logStreamNames { ids.append(try logs.find(stream: name, in: group)) }
            return ids
        }
        let ids = logs.groups[group].streams
        guard let prefix = logStreamNamePrefix else { return ids }
        let start = ids.partition { logs.streams[$0].name >= prefix }
        return Array(ids[start...].prefix { logs.streams[$0].name.hasPrefix(prefix) })
    }
}
