import CloudAPI

extension EC2.DescribeNatGateways: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: natGatewayIds, idsParameter: "natGatewayIds", filters: filter,
            maxResults: maxResults, nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) {
            EC2.NatGateway($0, in: $1)
        }
        return Output(natGateways: found.items, nextToken: found.next)
    }
}
