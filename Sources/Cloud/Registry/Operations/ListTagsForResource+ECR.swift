import CloudAPI

extension ECR.ListTagsForResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(arn: resourceArn, for: caller)
        return Output(
            tags: cloud.registry.repositories[id].tags.map { .init(key: $0.key, value: $0.value) })
    }
}
