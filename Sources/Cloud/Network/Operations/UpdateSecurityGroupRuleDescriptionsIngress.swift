import CloudAPI

extension EC2.UpdateSecurityGroupRuleDescriptionsIngress: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group = try cloud.securityGroup(groupId, orNamed: groupName, for: caller)
        let changes = try cloud.descriptions(
            ipPermissions, securityGroupRuleDescriptions, of: group, isEgress: false, for: caller)
        try cloud.refuseDryRun(dryRun)

        for (id, text) in changes { cloud.network.rules[id].description = text }

        return Output(return: true)
    }
}
