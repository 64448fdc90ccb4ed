import CloudAPI

extension ECR.TagResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(arn: resourceArn, for: caller)
        let all = try cloud.registry.repositories[id].tags.adding(tags)

        cloud.registry.repositories[id].tags = all
        cloud.record(.registry(.repositoryChanged(id)))

        return Output()
    }
}

extension Registry {
    /// The repository an ARN names. Source of the text: ecr.md section 2.10.
    func find(arn: String, for caller: Caller) throws(APIFailure) -> RepositoryID {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let start = "repository/"
        guard parts.count == 6, parts[0] == "arn", parts[2] == "ecr", parts[5].hasPrefix(start)
        else {
            throw .registryParameter("resourceArn", "Invalid ARN")
        }
        let name = String(parts[5].dropFirst(start.count))
        let home = Place(account: String(parts[4]), region: String(parts[3]))
        guard home == caller.place, let id = repositoryIDs[PlacedName(name, in: home)] else {
            throw .repositoryNotFound(name, in: home.account)
        }
        return id
    }
}

extension [ResourceTag] {
    /// With these tags too; one that is there gets the new value. Source: ecr.md section 2.10.
    func adding(_ new: [ECR.Tag]) throws(APIFailure) -> [ResourceTag] {
        var all = self
        for tag in new {
            let (key, value) = (tag.key ?? "", tag.value ?? "")
            guard (1...128).contains(key.count), value.count <= 256, !key.hasPrefix("aws:") else {
                throw .invalidRepositoryTag
            }
            if let place = all.firstIndex(where: { $0.key == key }) {
                all[place].value = value
            } else {
                all.append(ResourceTag(key, value))
            }
        }
        guard all.count <= 50 else { throw .tooManyRepositoryTags }
        return all
    }
}
