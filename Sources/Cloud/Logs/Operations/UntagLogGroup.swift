import CloudAPI

extension CloudWatchLogs.UntagLogGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(group: logGroupName, for: caller)

        cloud.logs.groups[id].tags.removeAll { tags.contains($0.key) }

        return Output()
    }
}
