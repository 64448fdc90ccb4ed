import CloudAPI

extension EC2.DescribeVpcs: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: vpcIds, idsParameter: "vpcIds", filters: filters, maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) { EC2.Vpc($0, in: $1) }
        return Output(nextToken: found.next, vpcs: found.items)
    }
}
