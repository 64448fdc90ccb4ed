import CloudAPI

extension EC2.DescribeVpcEndpoints: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: vpcEndpointIds, idsParameter: "vpcEndpointIds", filters: filters,
            maxResults: maxResults, nextToken: nextToken, dryRun: dryRun, pageSizes: 1...1000)
        let found = try cloud.describe(query, for: caller) { EC2.VpcEndpoint($0, in: $1) }
        return Output(vpcEndpoints: found.items, nextToken: found.next)
    }
}
