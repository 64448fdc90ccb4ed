import CloudAPI

extension CloudWatchLogs.DeleteLogStream: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group = try cloud.logs.find(group: logGroupName, for: caller)
        let stream = try cloud.logs.find(stream: logStreamName, in: group)

        cloud.logs.deleteStream(stream)

        return Output()
    }
}
