import CloudAPI

extension EC2.DescribeSecurityGroups: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        var ids = groupIds ?? []
        for name in groupNames ?? [] {
            ids.append(cloud.ec2ID(try cloud.securityGroup(named: name, for: caller)))
        }
        let query = Query(
            ids: ids, idsParameter: "groupIds", filters: filters, maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) { EC2.SecurityGroup($0, in: $1) }
        return Output(nextToken: found.next, securityGroups: found.items)
    }
}
