import CloudAPI

extension EC2.DeleteTags: Handled {
    /// A tag with a value goes only if it has that value; without tags, all go but AWS's own.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard !resources.isEmpty else { throw .ec2Missing("resourceIdSet") }
        for tag in tags ?? [] {
            guard let key = tag.key, !key.isEmpty else { throw .ec2Missing("key") }
            guard !key.hasPrefix("aws:") else { throw .reservedResourceTag }
        }
        var paths: [WritableKeyPath<Network, [ResourceTag]>] = []
        for text in resources { paths.append(try cloud.tags(of: text, for: caller)) }
        try cloud.refuseDryRun(dryRun)

        for path in paths {
            cloud.network[keyPath: path].removeAll { present in
                guard let tags, !tags.isEmpty else { return !present.key.hasPrefix("aws:") }
                return tags.contains {
                    $0.key == present.key && ($0.value == nil || $0.value == present.value)
                }
            }
        }

        return Output()
    }
}
