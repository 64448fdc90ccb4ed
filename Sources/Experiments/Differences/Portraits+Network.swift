import Cloud
import CloudAPI
import Simulation

extension Cloud {
    /// As EC2 describes them: that has the ids, and the rules as people write them.
    func networkPortraits(of place: Place) -> [Portrait] {
        var reader = NetworkReader(cloud: self, caller: Caller(place: place))
        return reader.portraits()
    }
}

private struct NetworkReader {
    var cloud: Cloud
    let caller: Caller
    /// The default VPCs, and what each VPC has from its beginning.
    private var defaults: Set<String> = []

    init(cloud: Cloud, caller: Caller) {
        self.cloud = cloud
        self.caller = caller
    }

    private mutating func ask<O: Handled>(_ operation: O) -> O.Output? {
        try? cloud.perform(operation, as: caller)
    }

    mutating func portraits() -> [Portrait] {
        vpcs() + subnets() + routeTables() + internetGateways() + natGateways() + addresses()
            + securityGroups() + networkACLs() + endpoints()
    }

    private static func name(_ id: String?, _ tags: [EC2.Tag]?) -> String {
        let name = tags?.first { $0.key == "Name" }?.value
        return (id ?? "?") + (name.map { " (\($0))" } ?? "")
    }

    private static func add(_ tags: [EC2.Tag]?, to portrait: inout Portrait) {
        portrait.add(tags: (tags ?? []).map { ResourceTag($0.key ?? "", $0.value ?? "") })
    }

    private mutating func vpcs() -> [Portrait] {
        (ask(EC2.DescribeVpcs())?.vpcs ?? []).map { vpc in
            if vpc.isDefault == true { defaults.insert(vpc.vpcId ?? "") }
            var portrait = Portrait(.vpc, Self.name(vpc.vpcId, vpc.tags), id: vpc.vpcId)
            portrait.add("cidrBlock", vpc.cidrBlock)
            if vpc.isDefault == true { portrait.add("default", true) }
            Self.add(vpc.tags, to: &portrait)
            return portrait
        }
    }

    private mutating func subnets() -> [Portrait] {
        (ask(EC2.DescribeSubnets())?.subnets ?? []).map { subnet in
            var portrait = Portrait(
                .subnet, Self.name(subnet.subnetId, subnet.tags), id: subnet.subnetId,
                madeAlongWith: subnet.defaultForAz == true ? subnet.vpcId : nil)
            portrait.add("vpc", subnet.vpcId)
            portrait.add("cidrBlock", subnet.cidrBlock)
            portrait.add("availabilityZone", subnet.availabilityZone)
            portrait.add("mapPublicIpOnLaunch", subnet.mapPublicIpOnLaunch ?? false)
            Self.add(subnet.tags, to: &portrait)
            return portrait
        }
    }

    private mutating func routeTables() -> [Portrait] {
        (ask(EC2.DescribeRouteTables())?.routeTables ?? []).map { table in
            let associations = table.associations ?? []
            let isMain = associations.contains { $0.main == true }
            var portrait = Portrait(
                .routeTable, Self.name(table.routeTableId, table.tags), id: table.routeTableId,
                madeAlongWith: isMain ? table.vpcId : nil)
            portrait.add("vpc", table.vpcId)
            portrait.add("main", isMain)
            for route in table.routes ?? [] where route.gatewayId != "local" {
                let destination =
                    route.destinationCidrBlock ?? route.destinationPrefixListId
                    ?? route.destinationIpv6CidrBlock ?? "?"
                let target =
                    route.gatewayId ?? route.natGatewayId ?? route.networkInterfaceId ?? "?"
                portrait.add(
                    "route \(destination)",
                    target + (route.state == .blackhole ? " (blackhole)" : ""))
            }
            portrait.add("subnets", all: associations.compactMap(\.subnetId))
            Self.add(table.tags, to: &portrait)
            return portrait
        }
    }

    private mutating func internetGateways() -> [Portrait] {
        (ask(EC2.DescribeInternetGateways())?.internetGateways ?? []).map { gateway in
            let vpcs = (gateway.attachments ?? []).compactMap(\.vpcId)
            var portrait = Portrait(
                .internetGateway, Self.name(gateway.internetGatewayId, gateway.tags),
                id: gateway.internetGatewayId,
                madeAlongWith: vpcs.first.flatMap { defaults.contains($0) ? $0 : nil })
            portrait.add("attachedTo", all: vpcs)
            Self.add(gateway.tags, to: &portrait)
            return portrait
        }
    }

    private mutating func natGateways() -> [Portrait] {
        (ask(EC2.DescribeNatGateways())?.natGateways ?? []).map { gateway in
            var portrait = Portrait(
                .natGateway, Self.name(gateway.natGatewayId, gateway.tags),
                id: gateway.natGatewayId)
            portrait.add("state", gateway.state?.rawValue)
            portrait.add("subnet", gateway.subnetId)
            portrait.add("connectivityType", gateway.connectivityType?.rawValue)
            portrait.add(
                "publicIps", all: (gateway.natGatewayAddresses ?? []).compactMap(\.publicIp))
            Self.add(gateway.tags, to: &portrait)
            return portrait
        }
    }

    private mutating func addresses() -> [Portrait] {
        (ask(EC2.DescribeAddresses())?.addresses ?? []).map { address in
            var portrait = Portrait(
                .elasticAddress, Self.name(address.publicIp ?? address.allocationId, address.tags),
                id: address.allocationId)
            portrait.add("associatedWith", address.networkInterfaceId)
            Self.add(address.tags, to: &portrait)
            return portrait
        }
    }

    private mutating func securityGroups() -> [Portrait] {
        let groups = ask(EC2.DescribeSecurityGroups())?.securityGroups ?? []
        let rules = ask(EC2.DescribeSecurityGroupRules())?.securityGroupRules ?? []
        let names = Dictionary(groups.map { ($0.groupId ?? "", $0.groupName ?? "") }) { $1 }
        return groups.map { group in
            let isDefault = group.groupName == "default"
            var portrait = Portrait(
                .securityGroup, "\(group.groupName ?? "?") (\(group.groupId ?? "?"))",
                id: group.groupId,
                madeAlongWith: isDefault ? group.vpcId : nil)
            portrait.add("vpc", group.vpcId)
            Self.add(group.tags, to: &portrait)
            for rule in rules where rule.groupId == group.groupId {
                let peer =
                    rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId
                    ?? rule.referencedGroupInfo?.groupId.map { id in names[id] ?? id } ?? "?"
                let isEgress = rule.isEgress == true
                portrait.add(
                    oneOf: isEgress ? "egress" : "ingress",
                    "\(Self.traffic(rule)) \(isEgress ? "to" : "from") \(peer)")
            }
            return portrait
        }
    }

    /// `"tcp 8080"`, `"tcp 8000-8080"`, `"all traffic"`.
    private static func traffic(_ rule: EC2.SecurityGroupRule) -> String {
        let name = rule.ipProtocol == "-1" ? "all traffic" : rule.ipProtocol ?? "?"
        guard let from = rule.fromPort, let to = rule.toPort, from != -1 else { return name }
        return from == to ? "\(name) \(from)" : "\(name) \(from)-\(to)"
    }

    private mutating func networkACLs() -> [Portrait] {
        (ask(EC2.DescribeNetworkAcls())?.networkAcls ?? []).map { acl in
            var portrait = Portrait(
                .networkACL, Self.name(acl.networkAclId, acl.tags), id: acl.networkAclId,
                madeAlongWith: acl.isDefault == true ? acl.vpcId : nil)
            portrait.add("vpc", acl.vpcId)
            for entry in acl.entries ?? [] {
                let direction = entry.egress == true ? "egress" : "ingress"
                let ports = entry.portRange.map { range in
                    " \(range.from ?? 0)-\(range.to ?? 0)"
                }
                portrait.add(
                    "\(direction) \(entry.ruleNumber ?? 0)",
                    "\(entry.ruleAction?.rawValue ?? "?") protocol \(entry.protocol ?? "?")"
                        + "\(ports ?? "") \(entry.cidrBlock ?? entry.ipv6CidrBlock ?? "?")")
            }
            portrait.add("subnets", all: (acl.associations ?? []).compactMap(\.subnetId))
            Self.add(acl.tags, to: &portrait)
            return portrait
        }
    }

    private mutating func endpoints() -> [Portrait] {
        (ask(EC2.DescribeVpcEndpoints())?.vpcEndpoints ?? []).map { endpoint in
            var portrait = Portrait(
                .vpcEndpoint, Self.name(endpoint.vpcEndpointId, endpoint.tags),
                id: endpoint.vpcEndpointId)
            portrait.add("serviceName", endpoint.serviceName)
            portrait.add("state", endpoint.state?.rawValue)
            portrait.add("vpc", endpoint.vpcId)
            portrait.add("subnets", all: endpoint.subnetIds ?? [])
            portrait.add("routeTables", all: endpoint.routeTableIds ?? [])
            portrait.add("securityGroups", all: (endpoint.groups ?? []).compactMap(\.groupName))
            Self.add(endpoint.tags, to: &portrait)
            return portrait
        }
    }
}
