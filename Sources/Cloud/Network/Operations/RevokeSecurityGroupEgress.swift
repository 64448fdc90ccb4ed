import CloudAPI

extension EC2.RevokeSecurityGroupEgress: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group: SecurityGroupID = try cloud.find(groupId, "groupId", for: caller)
        let ids: [SecurityGroupRuleID]
        if let securityGroupRuleIds, !securityGroupRuleIds.isEmpty {
            ids = try cloud.rules(securityGroupRuleIds, of: group, isEgress: true, for: caller)
        } else {
            let request = try RuleRequest(
                ipPermissions, ipProtocol: ipProtocol, fromPort: fromPort, toPort: toPort,
                cidrIp: cidrIp, sourceGroup: sourceSecurityGroupName)
            let rules = try cloud.rules(request, of: group, isEgress: true, for: caller)
            ids = try cloud.existing(rules, in: group)
        }
        try cloud.refuseDryRun(dryRun)

        let revoked = ids.map { EC2.RevokedSecurityGroupRule($0, in: cloud) }
        cloud.revoke(ids, in: group)

        return Output(return: true, unknownIpPermissions: [], revokedSecurityGroupRules: revoked)
    }
}
