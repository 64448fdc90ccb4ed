import CloudAPI

extension ECR.Repository {
    init(_ id: RepositoryID, in cloud: borrowing Cloud) {
        let repository = cloud.registry.repositories[id]
        self.init(
            repositoryArn: cloud.arn(id), registryId: repository.place.account,
            repositoryName: repository.name, repositoryUri: cloud.repositoryURI(id),
            createdAt: cloud.calendar(repository.createdAt),
            imageTagMutability: .init(repository.mutability),
            imageTagMutabilityExclusionFilters: .init(exclusions: repository.exclusions),
            imageScanningConfiguration: .init(scanOnPush: repository.scansOnPush),
            encryptionConfiguration: .init(
                encryptionType: .init(rawValue: repository.encryption), kmsKey: repository.kmsKey))
    }
}

extension ECR.ImageTagMutability {
    init(_ mutability: Registry.Repository.Mutability) { self.init(rawValue: mutability.rawValue) }
}

extension [ECR.ImageTagMutabilityExclusionFilter]? {
    /// Only there if there are any. Source: ecr.md section 2.2.
    init(exclusions: [String]) {
        self =
            exclusions.isEmpty ? nil : exclusions.map { .init(filterType: .wildcard, filter: $0) }
    }
}

extension Registry.Repository.Mutability {
    /// Source of the text: ecr.md section 10.4.
    init(_ value: ECR.ImageTagMutability) throws(APIFailure) {
        guard let known = Self(rawValue: value.rawValue) else {
            throw .registryParameter(
                "imageTagMutability",
                "Member must satisfy enum value set: [IMMUTABLE, MUTABLE, MUTABLE_WITH_EXCLUSION, "
                    + "IMMUTABLE_WITH_EXCLUSION]")
        }
        self = known
    }

    /// The filters that go with this mode. Source: ecr.md section 2.4; the texts about a filter
    /// itself: assumed.
    func exclusions(
        _ filters: [ECR.ImageTagMutabilityExclusionFilter]?
    ) throws(APIFailure) -> [String] {
        let field = "imageTagMutabilityExclusionFilters"
        let wantsFilters = self == .mutableWithExclusion || self == .immutableWithExclusion
        guard wantsFilters == (filters != nil) else {
            throw .registryParameter(
                field,
                "ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set "
                    + "as \(rawValue)")
        }
        guard let filters else { return [] }
        try Registry.checkCount(filters.count, of: field, upTo: 5)
        var texts: [String] = []
        for filter in filters {
            let text = filter.filter ?? ""
            let isPlain =
                (1...128).contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte
                        || "._*-".utf8.contains(byte)
                }
            guard isPlain else {
                throw .registryParameter(
                    field, "must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}$'")
            }
            guard text.utf8.count(where: { $0 == UInt8(ascii: "*") }) <= 2 else {
                throw .registryParameter(field, "a filter can have at most 2 wildcards")
            }
            texts.append(text)
        }
        return texts
    }
}
