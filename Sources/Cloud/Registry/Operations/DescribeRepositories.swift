import CloudAPI

extension ECR.DescribeRepositories: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let account = try Registry.account(registryId, for: caller)
        if let repositoryNames {
            try Registry.checkCount(repositoryNames.count, of: "repositoryNames")
            try Registry.checkNoPage(maxResults, nextToken, beside: "repositoryNames")
            var found: [ECR.Repository] = []
            for name in repositoryNames {
                let id = try cloud.registry.find(
                    name, in: registryId, for: caller, to: Self.name)
                found.append(ECR.Repository(id, in: cloud))
            }
            return Output(repositories: found)
        }
        let size = try Registry.pageSize(maxResults)
        let last = try Registry.last(nextToken, of: RepositoryID.self)
        guard account == caller.place.account else { return Output(repositories: []) }

        let ids = cloud.registry.repositoriesByPlace[caller.place] ?? []
        let start = last.map { ids.position(after: $0) } ?? 0
        let page = ids[start...].prefix(size)
        let hasMore = page.endIndex < ids.endIndex
        return Output(
            repositories: page.map { ECR.Repository($0, in: cloud) },
            nextToken: hasMore ? page.last.map { PageToken(after: $0.rawValue).text } : nil)
    }
}
