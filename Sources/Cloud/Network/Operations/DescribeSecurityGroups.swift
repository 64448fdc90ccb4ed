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
        var vpc = Latest<VpcID, String>()
        let found = try cloud.describe(query, for: caller) { id, cloud in
            EC2.SecurityGroup(id, in: cloud, &vpc)
        }
        return Output(nextToken: found.next, securityGroups: found.items)
    }
}
