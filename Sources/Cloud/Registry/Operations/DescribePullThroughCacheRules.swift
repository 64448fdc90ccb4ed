import CloudAPI

extension ECR.DescribePullThroughCacheRules: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let ecrRepositoryPrefixes {
            try Registry.checkCount(ecrRepositoryPrefixes.count, of: "ecrRepositoryPrefixes")
            try Registry.checkNoPage(maxResults, nextToken, beside: "ecrRepositoryPrefixes")
            var found: [ECR.PullThroughCacheRule] = []
            for prefix in ecrRepositoryPrefixes {
                found.append(try cloud.registry.cacheRule(prefix, in: registryId, for: caller))
            }
            return Output(pullThroughCacheRules: found)
        }
        let account = try Registry.account(registryId, for: caller)
        let isOwn = account == caller.place.account
        let all = isOwn ? cloud.registrySettings(of: caller.place).cacheRules.sorted : []
        let (items, next) = try Registry.page(all, token: nextToken, size: maxResults)
        return Output(pullThroughCacheRules: items.map(\.value.shape), nextToken: next)
    }
}
