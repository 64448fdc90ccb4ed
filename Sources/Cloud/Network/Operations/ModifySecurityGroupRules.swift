import CloudAPI

extension EC2.ModifySecurityGroupRules: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group: SecurityGroupID = try cloud.find(groupId, "groupId", for: caller)
        guard !securityGroupRules.isEmpty else { throw .ec2Missing("securityGroupRules") }
        let ids = try cloud.rules(
            securityGroupRules.map { $0.securityGroupRuleId ?? "" }, of: group, isEgress: nil,
            for: caller)
        var changed: [(id: SecurityGroupRuleID, rule: Network.SecurityGroup.Rule)] = []
        for (id, update) in zip(ids, securityGroupRules) {
            let request = update.securityGroupRule ?? EC2.SecurityGroupRuleRequest()
            changed.append((id, try cloud.rule(request, insteadOf: id, for: caller)))
        }
        let others = cloud.network.securityGroups[group].rules.filter { !ids.contains($0) }
        for (index, (_, rule)) in changed.enumerated() {
            let isThere =
                others.contains { cloud.network.rules[$0].allowsTheSame(as: rule) }
                || changed[..<index].contains { $0.rule.allowsTheSame(as: rule) }
            if isThere { throw .permissionExists(rule.text(in: cloud)) }
        }
        try cloud.refuseDryRun(dryRun)

        for (id, rule) in changed { cloud.network.replaceRule(id, with: rule) }
        cloud.record(.network(.pathsChanged(cloud.network.securityGroups[group].vpc)))

        return Output(return: true)
    }
}

extension Cloud {
    /// The rule that shall stand under an id; its group, direction and tags stay.
    fileprivate func rule(
        _ request: EC2.SecurityGroupRuleRequest, insteadOf id: SecurityGroupRuleID,
        for caller: Caller
    ) throws(APIFailure) -> Network.SecurityGroup.Rule {
        let peers = [
            request.cidrIpv4, request.cidrIpv6, request.prefixListId, request.referencedGroupId,
        ]
        let given = peers.count { $0 != nil }
        guard given <= 1 else {
            throw .ec2Invalid(
                "Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified")
        }
        guard given == 1 else {
            throw .ec2Invalid(
                "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or "
                    + "referencedGroupId")
        }
        var rule = network.rules[id]
        rule.protocols = try networkProtocol(request.ipProtocol)
        rule.ports = try ports(request.fromPort, request.toPort, of: rule.protocols)
        rule.description = try checkedDescription(request.description)
        if let text = request.cidrIpv4 {
            rule.peer = try blockPeer(text)
        } else if let text = request.cidrIpv6 {
            rule.peer = try blockIPv6Peer(text)
        } else if let text = request.prefixListId {
            rule.peer = try prefixListPeer(text)
        } else {
            rule.peer = try groupPeer(request.referencedGroupId, nil, of: rule.group, for: caller)
        }
        return rule
    }
}
