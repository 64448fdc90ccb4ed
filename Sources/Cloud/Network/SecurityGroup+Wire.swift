import CloudAPI

extension EC2.SecurityGroup {
    /// - Parameter vpc: The id of the VPC of the group before, as AWS writes it.
    init(
        _ id: SecurityGroupID, in cloud: borrowing Cloud, _ vpc: inout Latest<VpcID, String>
    ) {
        let groups = cloud.network.securityGroups
        let text = cloud.ec2ID(id)
        self.init(
            groupId: text,
            ipPermissionsEgress: [EC2.IpPermission](of: id, isEgress: true, in: cloud),
            tags: groups[id].tags.wire,
            vpcId: vpc(groups[id].vpc) { cloud.ec2ID(groups[id].vpc) },
            securityGroupArn: cloud.ec2ARN(id, text), ownerId: groups[id].place.account,
            groupName: groups[id].name, description: groups[id].description,
            ipPermissions: [EC2.IpPermission](of: id, isEgress: false, in: cloud))
    }
}

extension [EC2.IpPermission] {
    /// The rules of a group in one direction, put together by protocol and ports.
    fileprivate init(of group: SecurityGroupID, isEgress: Bool, in cloud: borrowing Cloud) {
        self = []
        for id in cloud.network.securityGroups[group].rules
        where cloud.network.rules[id].isEgress == isEgress {
            add(id, in: cloud)
        }
    }

    // A rule is named by its id, not handed over: a copy of one has texts and tags to count.
    private mutating func add(_ rule: SecurityGroupRuleID, in cloud: borrowing Cloud) {
        var permission = EC2.IpPermission(likeThatOf: rule, in: cloud)
        let known = firstIndex {
            $0.fromPort == permission.fromPort && $0.toPort == permission.toPort
                && $0.ipProtocol == permission.ipProtocol
        }
        if let known {
            self[known].add(rule, in: cloud)
        } else {
            permission.add(rule, in: cloud)
            append(consume permission)
        }
    }
}

extension EC2.IpPermission {
    /// Without any peer yet. A rule for all protocols shows no ports; vpc.md section 6.
    fileprivate init(likeThatOf rule: SecurityGroupRuleID, in cloud: borrowing Cloud) {
        let protocols = cloud.network.rules[rule].protocols
        var ports = cloud.network.rules[rule].ports
        if ports == nil, protocols.hasTypes { ports = PortRange(-1, -1) }
        self.init(
            ipProtocol: protocols.name, fromPort: ports?.from, toPort: ports?.to,
            userIdGroupPairs: [], ipRanges: [], ipv6Ranges: [], prefixListIds: [])
    }

    fileprivate mutating func add(_ rule: SecurityGroupRuleID, in cloud: borrowing Cloud) {
        let text = cloud.network.rules[rule].description
        switch cloud.network.rules[rule].peer {
        case .block(let block):
            ipRanges?.append(EC2.IpRange(description: text, cidrIp: block.description))
        case .blockIPv6(let block):
            ipv6Ranges?.append(EC2.Ipv6Range(description: text, cidrIpv6: block))
        case .prefixList(let id):
            prefixListIds?.append(EC2.PrefixListId(description: text, prefixListId: id))
        case .group(let group):
            userIdGroupPairs?.append(
                EC2.UserIdGroupPair(
                    description: text, userId: cloud.network.securityGroups[group].place.account,
                    groupId: cloud.ec2ID(group)))
        }
    }
}

extension EC2.SecurityGroup: Filterable {
    static var blank: EC2.SecurityGroup { EC2.SecurityGroup() }

    func values(of filter: String) -> [String?]? {
        if filter.hasPrefix("ip-permission.") {
            return (ipPermissions ?? []).values(of: String(filter.dropFirst(14)))
        }
        if filter.hasPrefix("egress.ip-permission.") {
            return (ipPermissionsEgress ?? []).values(of: String(filter.dropFirst(21)))
        }
        return switch filter {
        case "description": [description]
        case "group-id": [groupId]
        case "group-name": [groupName]
        case "owner-id": [ownerId]
        case "vpc-id": [vpcId]
        default: tags.values(forFilter: filter)
        }
    }
}

extension [EC2.IpPermission] {
    fileprivate func values(of filter: String) -> [String?]? {
        switch filter {
        case "cidr": flatMap { $0.ipRanges ?? [] }.map(\.cidrIp)
        case "from-port": map { $0.fromPort?.description }
        case "group-id": flatMap { $0.userIdGroupPairs ?? [] }.map(\.groupId)
        case "group-name": flatMap { $0.userIdGroupPairs ?? [] }.map(\.groupName)
        case "ipv6-cidr": flatMap { $0.ipv6Ranges ?? [] }.map(\.cidrIpv6)
        case "prefix-list-id": flatMap { $0.prefixListIds ?? [] }.map(\.prefixListId)
        case "protocol": map(\.ipProtocol)
        case "to-port": map { $0.toPort?.description }
        case "user-id": flatMap { $0.userIdGroupPairs ?? [] }.map(\.userId)
        default: nil
        }
    }
}

extension EC2.SecurityGroupRule {
    init(_ id: SecurityGroupRuleID, in cloud: borrowing Cloud) {
        let rule = cloud.network.rules[id]
        let account = cloud.network.securityGroups[rule.group].place.account
        let text = cloud.ec2ID(id)
        self.init(
            securityGroupRuleId: text, groupId: cloud.ec2ID(rule.group),
            groupOwnerId: account, isEgress: rule.isEgress, ipProtocol: rule.protocols.name,
            fromPort: rule.ports?.from ?? -1, toPort: rule.ports?.to ?? -1,
            description: rule.description, tags: rule.tags.wire,
            securityGroupRuleArn: cloud.ec2ARN(id, text))
        switch rule.peer {
        case .block(let block): cidrIpv4 = block.description
        case .blockIPv6(let block): cidrIpv6 = block
        case .prefixList(let list): prefixListId = list
        case .group(let peer):
            referencedGroupInfo = EC2.ReferencedSecurityGroup(
                groupId: cloud.ec2ID(peer), userId: account)
        }
    }
}

extension EC2.RevokedSecurityGroupRule {
    init(_ id: SecurityGroupRuleID, in cloud: borrowing Cloud) {
        let rule = EC2.SecurityGroupRule(id, in: cloud)
        self.init(
            securityGroupRuleId: rule.securityGroupRuleId, groupId: rule.groupId,
            isEgress: rule.isEgress, ipProtocol: rule.ipProtocol, fromPort: rule.fromPort,
            toPort: rule.toPort, cidrIpv4: rule.cidrIpv4, cidrIpv6: rule.cidrIpv6,
            prefixListId: rule.prefixListId, referencedGroupId: rule.referencedGroupInfo?.groupId,
            description: rule.description)
    }
}

extension EC2.SecurityGroupRule: Filterable {
    static var blank: EC2.SecurityGroupRule { EC2.SecurityGroupRule() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "group-id": [groupId]
        case "security-group-rule-id": [securityGroupRuleId]
        // Documented as "tag", which lists keys; `tag:Key` works as everywhere.
        case "tag": tags.values(forFilter: "tag-key")
        default: tags.values(forFilter: filter)
        }
    }
}

extension EC2.SecurityGroupForVpc {
    init(_ id: SecurityGroupID, in cloud: borrowing Cloud) {
        let group = cloud.network.securityGroups[id]
        self.init(
            description: group.description, groupName: group.name, ownerId: group.place.account,
            groupId: cloud.ec2ID(id), tags: group.tags.wire, primaryVpcId: cloud.ec2ID(group.vpc))
    }
}

extension EC2.SecurityGroupForVpc: Filterable {
    static var blank: EC2.SecurityGroupForVpc { EC2.SecurityGroupForVpc() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "description": [description]
        case "group-id": [groupId]
        case "group-name": [groupName]
        case "owner-id": [ownerId]
        case "primary-vpc-id": [primaryVpcId]
        default: tags.values(forFilter: filter)
        }
    }
}
