import CloudAPI

extension EC2.DescribePrefixLists: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let region = caller.place.region
        let lists = try cloud.prefixLists(prefixListIds, for: caller)
        let query = Query(
            idsParameter: "prefixListIds", filters: filters, maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun, pageSizes: 1...1000)
        let found = try cloud.results(query, of: lists.indices.map(ListPosition.init)) {
            EC2.PrefixList(lists[$0.index], in: region)
        }
        return Output(nextToken: found.next, prefixLists: found.items)
    }
}
