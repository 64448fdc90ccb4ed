import CloudAPI

extension ECS.UntagResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let tagged = try Tagged(arn: resourceArn, in: cloud, for: caller)
        cloud.setTags(
            of: tagged, to: cloud.tags(of: tagged).filter { !tagKeys.contains($0.key) })
        return Output()
    }
}
