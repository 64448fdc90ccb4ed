import CloudAPI

extension CloudWatchLogs.TagResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(arn: resourceArn, for: caller)
        let all = try cloud.logs.groups[id].tags.adding(tags)

        cloud.logs.groups[id].tags = all

        return Output()
    }
}
