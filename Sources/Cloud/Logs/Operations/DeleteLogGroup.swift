import CloudAPI

extension CloudWatchLogs.DeleteLogGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(group: logGroupName, for: caller)
        guard !cloud.logs.groups[id].isProtected else { throw .logGroupIsProtected }

        cloud.logs.deleteGroup(id)

        return Output()
    }
}
