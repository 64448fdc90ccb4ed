import CloudAPI

extension CloudWatchLogs.UntagResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(arn: resourceArn, for: caller)

        cloud.logs.groups[id].tags.removeAll { tagKeys.contains($0.key) }

        return Output()
    }
}
