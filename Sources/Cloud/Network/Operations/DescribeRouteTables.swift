import CloudAPI

extension EC2.DescribeRouteTables: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: routeTableIds, idsParameter: "routeTableIds", filters: filters,
            maxResults: maxResults, nextToken: nextToken, dryRun: dryRun, pageSizes: 5...100)
        let found = try cloud.describe(query, for: caller) { EC2.RouteTable($0, in: $1) }
        return Output(routeTables: found.items, nextToken: found.next)
    }
}
