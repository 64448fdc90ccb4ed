import CloudAPI

extension EC2.DescribeSecurityGroupRules: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        // Alone among the filters this one wants well-formed ids; vpc.md section 1.
        for filter in filters ?? [] where filter.name == "group-id" {
            for value in filter.values ?? [] where !value.hasPrefix("sg-") {
                throw SecurityGroupID.malformed(value)
            }
        }
        let query = Query(
            ids: securityGroupRuleIds, idsParameter: "securityGroupRuleIds", filters: filters,
            maxResults: maxResults, nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) { EC2.SecurityGroupRule($0, in: $1) }
        return Output(securityGroupRules: found.items, nextToken: found.next)
    }
}
