import CloudAPI

extension EC2.CreateTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard !resources.isEmpty else { throw .ec2Missing("resourceIdSet") }
        guard !tags.isEmpty else { throw .ec2Missing("tagSet") }
        let added = try Optional(tags).checked()
        var changes: [(WritableKeyPath<Network, [ResourceTag]>, [ResourceTag])] = []
        for text in resources {
            let path = try cloud.tags(of: text, for: caller)
            changes.append((path, try cloud.network[keyPath: path].adding(added)))
        }
        try cloud.refuseDryRun(dryRun)

        for (path, tags) in changes { cloud.network[keyPath: path] = tags }

        return Output()
    }
}

extension Cloud {
    /// Where the tags of a resource stand, whatever it is.
    func tags(
        of text: String, for caller: Caller
    ) throws(APIFailure) -> WritableKeyPath<Network, [ResourceTag]> {
        for kind in Network.taggable where text.hasPrefix(kind.prefix + "-") {
            return try tags(of: text, kind, for: caller)
        }
        throw .invalidResourceID(text)
    }

    private func tags<ID: EC2Resource>(
        of text: String, _: ID.Type, for caller: Caller
    ) throws(APIFailure) -> WritableKeyPath<Network, [ResourceTag]> {
        let id: ID = try find(text, "resourceId", for: caller)
        return id.tags
    }
}
