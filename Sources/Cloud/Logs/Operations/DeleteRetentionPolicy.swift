import CloudAPI

extension CloudWatchLogs.DeleteRetentionPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(group: logGroupName, for: caller)

        cloud.logs.groups[id].retentionDays = nil

        return Output()
    }
}
