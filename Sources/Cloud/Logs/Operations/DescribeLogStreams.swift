import CloudAPI

/// By name, or by the time of the last event; a stream without events is then the oldest.
extension CloudWatchLogs.DescribeLogStreams: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group = try cloud.logs.find(group: logGroupName, or: logGroupIdentifier, for: caller)
        guard [nil, .logStreamName, .lastEventTime].contains(orderBy) else {
            throw .invalidLogParameter(
                orderBy?.rawValue ?? "", at: "orderBy",
                "satisfy enum value set: [LogStreamName, LastEventTime]")
        }
        guard orderBy != .lastEventTime || logStreamNamePrefix == nil else {
            throw .invalidLogParameter(
                "Cannot order by LastEventTime with a logStreamNamePrefix.")
        }
        let limit = try Logs.limit(limit, upTo: 50, or: 50)
        let last = try Logs.last(nextToken)

        var ids = chosen(in: group, of: cloud.logs)
        if orderBy == .lastEventTime { ids = byLastEvent(ids, in: cloud.logs) }
        if descending == true { ids.reverse() }
        let start = last.map { self.start(after: $0, in: ids, of: cloud.logs) } ?? 0
        let page = ids[start...].prefix(limit)
        return Output(
            logStreams: page.map { CloudWatchLogs.LogStream($0, in: cloud) },
            nextToken: page.endIndex == ids.endIndex
                ? nil : page.last.map { PageToken(after: cloud.logs.streams[$0].name).text })
    }

    /// Those with the prefix, in the order of names.
    private func chosen(in group: LogGroupID, of logs: Logs) -> [LogStreamID] {
        let ids = logs.groups[group].streams
        guard let prefix = logStreamNamePrefix else { return ids }
        let start = ids.partition { logs.streams[$0].name >= prefix }
        return Array(ids[start...].prefix { logs.streams[$0].name.hasPrefix(prefix) })
    }

    /// Where the next page begins; at the end if the last stream of the page before is gone and
    /// time, not names, orders them.
    private func start(after last: String, in ids: [LogStreamID], of logs: Logs) -> Int {
        if orderBy == .lastEventTime {
            return ids.firstIndex { logs.streams[$0].name == last }.map { $0 + 1 } ?? ids.count
        }
        return ids.partition { id in
            descending == true ? logs.streams[id].name < last : logs.streams[id].name > last
        }
    }

    private func byLastEvent(_ ids: [LogStreamID], in logs: Logs) -> [LogStreamID] {
        let keys = ids.map { (id: $0, key: logs.streams[$0].events.last?.key) }
        return keys.sorted { one, other in
            switch (one.key, other.key) {
            case (let one?, let other?): one < other
            case (nil, _?): true
            case (_?, nil): false
            case (nil, nil): one.id < other.id
            }
        }.map(\.id)
    }
}
