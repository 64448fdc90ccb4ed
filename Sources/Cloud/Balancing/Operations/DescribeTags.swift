import CloudAPI

extension ELBv2.DescribeTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        // Documented: up to 20 resources in one call; the text is assumed.
        guard resourceArns.count <= 20 else {
            throw .balancingInvalid("You can specify up to '20' resource ARNs in a single call")
        }
        var descriptions: [ELBv2.TagDescription] = []
        for arn in resourceArns {
            let resource = try cloud.taggedResource(arn, caller)
            descriptions.append(
                .init(resourceArn: arn, tags: cloud.balancing[tagsOf: resource].map { .init($0) }))
        }
        return Output(tagDescriptions: descriptions)
    }
}
