import CloudAPI

extension EC2.GetSecurityGroupsForVpc: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let vpc: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        let query = Query(
            idsParameter: "", filters: filters, maxResults: maxResults, nextToken: nextToken,
            dryRun: dryRun)
        let found = try cloud.results(query, of: cloud.network.vpcs[vpc].securityGroups) {
            EC2.SecurityGroupForVpc($0, in: cloud)
        }
        return Output(nextToken: found.next, securityGroupForVpcs: found.items)
    }
}
