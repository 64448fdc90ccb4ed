import CloudAPI

extension CloudWatchLogs.ListTagsLogGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(group: logGroupName, for: caller)
        return Output(tags: cloud.logs.groups[id].tags.asDictionary)
    }
}
