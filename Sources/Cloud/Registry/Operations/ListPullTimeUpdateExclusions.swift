import CloudAPI

extension ECR.ListPullTimeUpdateExclusions: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let all = cloud.registrySettings(of: caller.place).pullTimeExclusions.sorted
        let (items, next) = try Registry.page(all, token: nextToken, size: maxResults)
        return Output(pullTimeUpdateExclusions: items.map(\.key), nextToken: next)
    }
}
