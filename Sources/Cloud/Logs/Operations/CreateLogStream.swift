import CloudAPI

extension CloudWatchLogs.CreateLogStream: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Logs.check(streamName: logStreamName)
        let group = try cloud.logs.find(group: logGroupName, for: caller)
        guard cloud.logs.stream(named: logStreamName, in: group) == nil else {
            throw .logStreamExists
        }

        _ = cloud.logs.createStream(logStreamName, in: group, at: cloud.now)

        return Output()
    }
}
