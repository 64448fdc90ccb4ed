import CloudAPI

extension CloudWatchLogs.LogGroup {
    init(_ id: LogGroupID, in cloud: borrowing Cloud) {
        let group = cloud.logs.groups[id]
        self.init(
            logGroupName: group.name, creationTime: cloud.milliseconds(group.createdAt),
            retentionInDays: group.retentionDays, metricFilterCount: 0, arn: cloud.arn(id) + ":*",
            storedBytes: group.storedBytes, kmsKeyId: group.kmsKey,
            logGroupClass: .init(rawValue: group.storageClass), logGroupArn: cloud.arn(id),
            deletionProtectionEnabled: group.isProtected)
    }
}

extension CloudWatchLogs.LogStream {
    init(_ id: LogStreamID, in cloud: borrowing Cloud) {
        let stream = cloud.logs.streams[id]
        let last = stream.events.last?.key ?? Logs.EventKey(at: stream.createdAt, number: 0)
        self.init(
            logStreamName: stream.name, creationTime: cloud.milliseconds(stream.createdAt),
            firstEventTimestamp: stream.events.first.map { cloud.milliseconds($0.at) },
            lastEventTimestamp: stream.events.last.map { cloud.milliseconds($0.at) },
            lastIngestionTime: stream.lastIngestedAt.map { cloud.milliseconds($0) },
            uploadSequenceToken: last.digits, arn: cloud.arn(id), storedBytes: 0)
    }
}

extension CloudWatchLogs.OutputLogEvent {
    init(_ event: Logs.Event, in cloud: borrowing Cloud) {
        self.init(
            timestamp: cloud.milliseconds(event.at), message: event.message,
            ingestionTime: cloud.milliseconds(event.ingestedAt))
    }
}

extension CloudWatchLogs.FilteredLogEvent {
    /// The id stays the same and is never given twice: `aws logs tail` relies on it.
    init(_ event: Logs.Event, of stream: String, in cloud: borrowing Cloud) {
        self.init(
            logStreamName: stream, timestamp: cloud.milliseconds(event.at), message: event.message,
            ingestionTime: cloud.milliseconds(event.ingestedAt), eventId: event.key.digits)
    }
}
