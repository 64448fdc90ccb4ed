import CloudAPI

extension CloudWatchLogs.TagLogGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(group: logGroupName, for: caller)
        let all = try cloud.logs.groups[id].tags.adding(tags)

        cloud.logs.groups[id].tags = all

        return Output()
    }
}
