import CloudAPI

extension EC2.DescribeInternetGateways: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: internetGatewayIds, idsParameter: "internetGatewayIds", filters: filters,
            maxResults: maxResults, nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) {
            EC2.InternetGateway($0, in: $1)
        }
        return Output(internetGateways: found.items, nextToken: found.next)
    }
}
