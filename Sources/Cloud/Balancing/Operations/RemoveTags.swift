import CloudAPI

extension ELBv2.RemoveTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        var resources: [TaggedResource] = []
        for arn in resourceArns { resources.append(try cloud.taggedResource(arn, caller)) }

        for resource in resources {
            cloud.balancing[tagsOf: resource].removeAll { tagKeys.contains($0.key) }
        }

        return Output()
    }
}
