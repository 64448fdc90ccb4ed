import CloudAPI

extension EC2.DescribeNetworkInterfaces: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: networkInterfaceIds, idsParameter: "networkInterfaceIds", filters: filters,
            maxResults: maxResults, nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) { EC2.NetworkInterface($0, in: $1) }
        return Output(networkInterfaces: found.items, nextToken: found.next)
    }
}
