import CloudAPI

extension ECS.TagResource: Handled {
    /// Merges. Source: ecs.md section 4.2.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let tagged = try Tagged(arn: resourceArn, in: cloud, for: caller)
        var result = cloud.tags(of: tagged)
        for tag in tags.map(ResourceTag.init) {
            result.removeAll { $0.key == tag.key }
            result.append(tag)
        }
        // The limit is of the model (4.1), the text assumed.
        guard result.count <= 50 else {
            throw .invalidParameter("The number of tags exceeds the limit of 50.")
        }

        cloud.setTags(of: tagged, to: result)
        return Output()
    }
}
