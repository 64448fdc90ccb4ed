import CloudAPI

extension CloudWatchLogs.ListTagsForResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(arn: resourceArn, for: caller)
        return Output(tags: cloud.logs.groups[id].tags.asDictionary)
    }
}
