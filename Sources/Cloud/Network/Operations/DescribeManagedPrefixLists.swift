import CloudAPI

extension EC2.DescribeManagedPrefixLists: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let region = caller.place.region
        let lists = try cloud.prefixLists(prefixListIds, for: caller)
        let query = Query(
            idsParameter: "prefixListIds", filters: filters, maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun, pageSizes: 1...100)
        let found = try cloud.results(query, of: lists.indices.map(ListPosition.init)) {
            EC2.ManagedPrefixList(lists[$0.index], in: region)
        }
        return Output(nextToken: found.next, prefixLists: found.items)
    }
}
