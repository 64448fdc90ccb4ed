import CloudAPI

/// In the order of names.
extension CloudWatchLogs.DescribeLogGroups: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard logGroupNamePrefix == nil || logGroupNamePattern == nil else {
            throw .invalidLogParameter(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
        }
        let limit = try Logs.limit(limit, upTo: 50, or: 50)
        let last = try Logs.last(nextToken)

        let ids = cloud.logs.groupsByPlace[caller.place] ?? []
        let first = logGroupNamePrefix ?? ""
        let start = ids.partition { id in
            let name = cloud.logs.groups[id].name
            return name >= first && last.map { name > $0 } ?? true
        }
        var groups: [CloudWatchLogs.LogGroup] = []
        for id in ids[start...] {
            let name = cloud.logs.groups[id].name
            guard name.hasPrefix(first) else { break }
            guard includes(id, in: cloud) else { continue }
            if groups.count == limit {
                let last = groups.last?.logGroupName ?? ""
                return Output(logGroups: groups, nextToken: PageToken(after: last).text)
            }
            groups.append(CloudWatchLogs.LogGroup(id, in: cloud))
        }
        return Output(logGroups: groups)
    }

    /// The pattern is a part of the name, whatever its case.
    private func includes(_ id: LogGroupID, in cloud: Cloud) -> Bool {
        let group = cloud.logs.groups[id]
        let pattern = (logGroupNamePattern ?? "").lowercased()
        let isMeant = logGroupIdentifiers.map { identifiers in
            identifiers.contains { $0 == group.name || $0 == cloud.arn(id) }
        }
        return (pattern.isEmpty || group.name.lowercased().contains(pattern))
            && (logGroupClass.map { $0.rawValue == group.storageClass } ?? true)
            && isMeant ?? true
    }
}
