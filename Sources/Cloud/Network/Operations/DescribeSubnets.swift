import CloudAPI

extension EC2.DescribeSubnets: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: subnetIds, idsParameter: "subnetIds", filters: filters, maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) { EC2.Subnet($0, in: $1) }
        return Output(nextToken: found.next, subnets: found.items)
    }
}
