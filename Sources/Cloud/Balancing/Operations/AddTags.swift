import CloudAPI

extension ELBv2.AddTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let new = try ELBv2.Tag.read(tags)
        var changed: [(resource: TaggedResource, tags: [ResourceTag])] = []
        for arn in resourceArns {
            let resource = try cloud.taggedResource(arn, caller)
            var tags = cloud.balancing[tagsOf: resource]
            tags.set(new)
            guard tags.count <= 50 else { throw .tooManyTags }
            changed.append((resource, tags))
        }

        for (resource, tags) in changed { cloud.balancing[tagsOf: resource] = tags }

        return Output()
    }
}
