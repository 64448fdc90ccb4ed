import CloudAPI

extension CloudWatchLogs.CreateLogGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard cloud.logs.group(named: logGroupName, in: caller.place) == nil else {
            throw APIFailure(
                code: "ResourceAlreadyExistsException",
                message: "The specified log group already exists")
        }
        _ = cloud.logs.createGroup(logGroupName, in: caller.place, at: cloud.now)
        return Output()
    }
}
