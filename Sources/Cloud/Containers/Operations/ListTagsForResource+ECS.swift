import CloudAPI

extension ECS.ListTagsForResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let tagged = try Tagged(arn: resourceArn, in: cloud, for: caller)
        return Output(tags: cloud.tags(of: tagged).map(ECS.Tag.init))
    }
}
