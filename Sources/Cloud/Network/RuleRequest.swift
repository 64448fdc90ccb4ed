import CloudAPI

/// What a call asks to be authorised or revoked, in either of its two forms: one rule by single
/// parameters, or a list of permissions. Source: vpc.md section 6.
struct RuleRequest {
    var permissions: [EC2.IpPermission]

    /// - Throws: If both forms are mixed, or neither is used.
    init(
        _ permissions: [EC2.IpPermission]?, ipProtocol: String?, fromPort: Int?, toPort: Int?,
        cidrIp: String?, sourceGroup: String?
    ) throws(APIFailure) {
        let isFlat =
            ipProtocol != nil || fromPort != nil || toPort != nil || cidrIp != nil
            || sourceGroup != nil
        guard let permissions, !permissions.isEmpty else {
            guard isFlat else { throw .ec2Missing("ipPermissions") }
            // A source group alone means everything it sends.
            let isWhole = ipProtocol == nil && sourceGroup != nil
            self.permissions = [
                EC2.IpPermission(
                    ipProtocol: isWhole ? "-1" : ipProtocol, fromPort: fromPort, toPort: toPort,
                    userIdGroupPairs: sourceGroup.map { [EC2.UserIdGroupPair(groupName: $0)] },
                    ipRanges: cidrIp.map { [EC2.IpRange(cidrIp: $0)] })
            ]
            return
        }
        // Text: assumed.
        guard !isFlat else {
            throw .ec2Combination(
                "The parameter 'ipPermissions' may not be used in combination with single rule "
                    + "parameters")
        }
        self.permissions = permissions
    }
}

extension Cloud {
    /// The rules that a request stands for: one for each peer of each permission.
    ///
    /// - Throws: For what is no rule, and for a rule that appears twice.
    func rules(
        _ request: RuleRequest, of group: SecurityGroupID, isEgress: Bool, for caller: Caller
    ) throws(APIFailure) -> [Network.SecurityGroup.Rule] {
        var rules: [Network.SecurityGroup.Rule] = []
        for permission in request.permissions {
            let protocols = try networkProtocol(permission.ipProtocol)
            let ports = try ports(permission.fromPort, permission.toPort, of: protocols)
            let peers = try peers(of: permission, of: group, for: caller)
            guard !peers.isEmpty else { throw .peerMissing }
            for (peer, description) in peers {
                let rule = Network.SecurityGroup.Rule(
                    group: group, isEgress: isEgress, protocols: protocols, ports: ports,
                    peer: peer, description: try checkedDescription(description))
                // Text: assumed.
                guard !rules.contains(where: { $0.allowsTheSame(as: rule) }) else {
                    throw .ec2Invalid("The same permission must not appear multiple times")
                }
                rules.append(rule)
            }
        }
        return rules
    }

    func networkProtocol(_ text: String?) throws(APIFailure) -> NetworkProtocol {
        guard let text, !text.isEmpty else { throw .protocolMissing }
        guard let protocols = NetworkProtocol(text) else {
            // Text: assumed.
            throw .ec2Invalid(
                "Invalid value '\(text)' for IP protocol. Unknown protocol.")
        }
        return protocols
    }

    func ports(
        _ from: Int?, _ to: Int?, of protocols: NetworkProtocol
    ) throws(APIFailure) -> PortRange? {
        if protocols.hasTypes {
            let range = PortRange(from ?? -1, to ?? -1)
            return range == PortRange(-1, -1) ? nil : range
        }
        guard protocols.hasPorts else { return nil }
        guard let from, let to else { throw .portsMissing }
        let name = protocols == .tcp ? "TCP" : "UDP"
        for port in [from, to] where !(0...65535 ~= port) {
            // Text: assumed.
            throw .ec2Invalid("TCP/UDP port (\(port)) out of range")
        }
        guard from <= to else {
            throw .ec2Invalid("Invalid \(name) port range: \(from)-\(to)")
        }
        return PortRange(from, to)
    }

    private func peers(
        of permission: EC2.IpPermission, of group: SecurityGroupID, for caller: Caller
    ) throws(APIFailure) -> [(Network.SecurityGroup.Peer, String?)] {
        var peers: [(Network.SecurityGroup.Peer, String?)] = []
        for range in permission.ipRanges ?? [] {
            peers.append((try blockPeer(range.cidrIp), range.description))
        }
        for range in permission.ipv6Ranges ?? [] {
            peers.append((try blockIPv6Peer(range.cidrIpv6), range.description))
        }
        for list in permission.prefixListIds ?? [] {
            peers.append((try prefixListPeer(list.prefixListId), list.description))
        }
        for pair in permission.userIdGroupPairs ?? [] {
            let peer = try groupPeer(pair.groupId, pair.groupName, of: group, for: caller)
            peers.append((peer, pair.description))
        }
        return peers
    }

    func blockPeer(_ text: String?) throws(APIFailure) -> Network.SecurityGroup.Peer {
        guard let block = CIDRBlock(text ?? "") else { throw .malformedBlock(text ?? "null") }
        return .block(block)
    }

    func blockIPv6Peer(_ text: String?) throws(APIFailure) -> Network.SecurityGroup.Peer {
        guard let text, isIPv6Block(text) else { throw .malformedBlock(text ?? "null") }
        return .blockIPv6(text)
    }

    func prefixListPeer(_ text: String?) throws(APIFailure) -> Network.SecurityGroup.Peer {
        guard let text, text.hasPrefix("pl-") else {
            // Documented code, text assumed.
            throw .ec2NotFound(
                "InvalidPrefixListID.NotFound",
                "The prefix list ID '\(text ?? "null")' does not exist")
        }
        return .prefixList(text)
    }

    /// A group by id, or by its name in the default VPC; it must be of the same network.
    func groupPeer(
        _ id: String?, _ name: String?, of group: SecurityGroupID, for caller: Caller
    ) throws(APIFailure) -> Network.SecurityGroup.Peer {
        let peer: SecurityGroupID
        if let id {
            peer = try find(id, "groupId", for: caller)
        } else {
            peer = try securityGroup(named: name ?? "", for: caller)
        }
        guard network.securityGroups[peer].vpc == network.securityGroups[group].vpc else {
            throw .groupOfOtherNetwork
        }
        return .group(peer)
    }

    /// A group of the default VPC; elsewhere a name alone says nothing.
    func securityGroup(named name: String, for caller: Caller) throws(APIFailure) -> SecurityGroupID
    {
        guard let vpc = network.defaultVpc(of: caller.place) else { throw .vpcNotSpecified }
        guard let id = network.groupByName[GroupName(vpc: vpc, name: name)] else {
            throw .securityGroupNotFound(name, inDefaultVpc: ec2ID(vpc))
        }
        return id
    }

    /// The group that a call is about.
    func securityGroup(
        _ id: String?, orNamed name: String?, for caller: Caller
    ) throws(APIFailure) -> SecurityGroupID {
        if let id { return try find(id, "groupId", for: caller) }
        // Text: assumed.
        guard let name else { throw .ec2Missing("groupName or groupId") }
        return try securityGroup(named: name, for: caller)
    }

    /// Up to 255 characters. Text: assumed.
    func checkedDescription(_ text: String?) throws(APIFailure) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let marks = "._-:/()#,@[]+=&;{}!$* "
        guard text.count <= 255,
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || marks.contains($0)) })
        else {
            throw .ec2Invalid(
                "Invalid rule description. Valid descriptions are strings less than 256 characters "
                    + "from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*")
        }
        return text
    }
}

/// Eight groups of hex digits, some left out, and the length of a prefix; no more is asked of it.
func isIPv6Block(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let prefix = Int(parts[1]), 0...128 ~= prefix else { return false }
    return parts[0].contains(":")
        && parts[0].utf8.allSatisfy { $0 == 0x3A || Character(UnicodeScalar($0)).isHexDigit }
}
