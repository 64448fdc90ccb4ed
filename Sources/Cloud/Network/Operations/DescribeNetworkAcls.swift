import CloudAPI

extension EC2.DescribeNetworkAcls: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: networkAclIds, idsParameter: "networkAclIds", filters: filters,
            maxResults: maxResults, nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) { EC2.NetworkAcl($0, in: $1) }
        return Output(networkAcls: found.items, nextToken: found.next)
    }
}
