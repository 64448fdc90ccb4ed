import CloudAPI

extension EC2.AuthorizeSecurityGroupEgress: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group: SecurityGroupID = try cloud.find(groupId, "groupId", for: caller)
        let request = try RuleRequest(
            ipPermissions, ipProtocol: ipProtocol, fromPort: fromPort, toPort: toPort,
            cidrIp: cidrIp, sourceGroup: sourceSecurityGroupName)
        var rules = try cloud.rules(request, of: group, isEgress: true, for: caller)
        let tags = try tagSpecifications.tags(for: .securityGroupRule)
        for index in rules.indices { rules[index].tags = tags }

        let ids = try cloud.authorize(rules, in: group, dryRun: dryRun)

        return Output(
            return: true, securityGroupRules: ids.map { EC2.SecurityGroupRule($0, in: cloud) })
    }
}
