import CloudAPI

extension Network.SecurityGroup.Rule {
    /// As AWS writes a rule that is there already: `peer: 0.0.0.0/0, TCP, from port: 80, to port:
    /// 80, ALLOW`. Of ICMP: assumed.
    func text(in cloud: Cloud) -> String {
        let peerText =
            switch peer {
            case .block(let block): block.description
            case .blockIPv6(let block): block
            case .prefixList(let list): list
            case .group(let group): cloud.ec2ID(group)
            }
        let (from, to) = (ports?.from ?? -1, ports?.to ?? -1)
        let what =
            switch protocols {
            case .all: "ALL"
            case .tcp: "TCP, from port: \(from), to port: \(to)"
            case .udp: "UDP, from port: \(from), to port: \(to)"
            case .icmp:
                "ICMP, type: \(from < 0 ? "ALL" : "\(from)"), code: \(to < 0 ? "ALL" : "\(to)")"
            case .other(let number): "protocol: \(number)"
            }
        return "peer: \(peerText), \(what), ALLOW"
    }
}

extension Cloud {
    /// Adds rules to a group, all or none.
    ///
    /// - Throws: If one is there already, or there would be too many.
    mutating func authorize(
        _ rules: [Network.SecurityGroup.Rule], in group: SecurityGroupID, dryRun: Bool?
    ) throws(APIFailure) -> [SecurityGroupRuleID] {
        let existing = network.securityGroups[group].rules.map { network.rules[$0] }
        for rule in rules where existing.contains(where: { $0.allowsTheSame(as: rule) }) {
            throw .permissionExists(rule.text(in: self))
        }
        for isEgress in [false, true] {
            for isIPv6 in [false, true] {
                let count = (existing + rules).count {
                    $0.isEgress == isEgress && $0.peer.isIPv6 == isIPv6
                }
                guard count <= Network.Quota.rules else { throw .tooManyGroupRules }
            }
        }
        try refuseDryRun(dryRun)
        let ids = rules.map { network.addRule($0) }
        record(.network(.pathsChanged(network.securityGroups[group].vpc)))
        return ids
    }

    /// The rules of a group that say what the given ones say.
    ///
    /// - Throws: If one of them is not there.
    func existing(
        _ rules: [Network.SecurityGroup.Rule], in group: SecurityGroupID
    ) throws(APIFailure) -> [SecurityGroupRuleID] {
        var ids: [SecurityGroupRuleID] = []
        for rule in rules {
            let id = network.securityGroups[group].rules.first {
                network.rules[$0].allowsTheSame(as: rule)
            }
            guard let id else { throw .permissionNotFound }
            ids.append(id)
        }
        return ids
    }

    /// Rules of a group and a direction by their ids.
    func rules(
        _ texts: [String], of group: SecurityGroupID, isEgress: Bool?, for caller: Caller
    ) throws(APIFailure) -> [SecurityGroupRuleID] {
        var ids: [SecurityGroupRuleID] = []
        for text in texts {
            let id: SecurityGroupRuleID = try find(text, "securityGroupRuleId", for: caller)
            let rule = network.rules[id]
            guard rule.group == group, isEgress == nil || rule.isEgress == isEgress,
                !ids.contains(id)
            else { throw SecurityGroupRuleID.notFound(text) }
            ids.append(id)
        }
        return ids
    }

    /// Removes rules; what was allowed by them alone is dropped from now on.
    mutating func revoke(_ ids: [SecurityGroupRuleID], in group: SecurityGroupID) {
        for id in ids { network.removeRule(id) }
        record(.network(.pathsChanged(network.securityGroups[group].vpc)))
    }
}

extension Network.SecurityGroup.Peer {
    fileprivate var isIPv6: Bool {
        if case .blockIPv6 = self { return true }
        return false
    }
}

extension Cloud {
    /// New descriptions of rules, which are named by what they say or by their ids.
    func descriptions(
        _ permissions: [EC2.IpPermission]?, _ byID: [EC2.SecurityGroupRuleDescription]?,
        of group: SecurityGroupID, isEgress: Bool, for caller: Caller
    ) throws(APIFailure) -> [(SecurityGroupRuleID, String?)] {
        if let byID, !byID.isEmpty {
            let texts = byID.map { $0.securityGroupRuleId ?? "" }
            let ids = try rules(texts, of: group, isEgress: isEgress, for: caller)
            var changes: [(SecurityGroupRuleID, String?)] = []
            for (id, change) in zip(ids, byID) {
                changes.append((id, try checkedDescription(change.description)))
            }
            return changes
        }
        let request = try RuleRequest(
            permissions, ipProtocol: nil, fromPort: nil, toPort: nil, cidrIp: nil,
            sourceGroup: nil)
        let wanted = try rules(request, of: group, isEgress: isEgress, for: caller)
        let ids = try existing(wanted, in: group)
        return zip(ids, wanted).map { ($0, $1.description) }
    }
}
