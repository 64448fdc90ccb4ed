import Cloud
import CloudAPI
import Simulation

/// The ids of a network that was set up.
struct ScenarioNetwork {
    var vpc = ""
    /// In the order of the scenario.
    var publicSubnets: [String] = []
    var privateSubnets: [String] = []
    /// By their names in the scenario.
    var securityGroups: [(name: String, id: String)] = []

    func securityGroups(_ names: [String]) -> [String] {
        names.compactMap { name in securityGroups.first { $0.name == name }?.id }
    }
}

extension ScenarioCalls {
    /// The VPC with its subnets, the ways out of them, and the security groups.
    func createNetwork() throws(ScenarioProblem) -> ScenarioNetwork {
        var network = ScenarioNetwork()
        let zones = try zones()
        network.vpc = try call("network.vpc", "CreateVpc") {
            try live.ec2.createVpc(
                cidrBlock: scenario.network.vpc.description,
                tagSpecifications: named(scenario.name, .vpc)
            ).vpc!.vpcId!
        }
        network.publicSubnets = try createSubnets(
            scenario.network.publicSubnets, "public", in: network.vpc, zones)
        network.privateSubnets = try createSubnets(
            scenario.network.privateSubnets, "private", in: network.vpc, zones)
        if !network.publicSubnets.isEmpty {
            try openToInternet(network)
            try createNatGateways(network)
        }
        network.securityGroups = try createSecurityGroups(in: network.vpc)
        return network
    }

    /// The names of the first zones of the region.
    private func zones() throws(ScenarioProblem) -> [String] {
        let all = try call("region", "DescribeAvailabilityZones") {
            try live.ec2.describeAvailabilityZones().availabilityZones ?? []
        }
        let wanted = scenario.network.zones
        guard all.count >= wanted else {
            throw scenario.problem(
                at: "network.zones",
                "network.zones asks for \(wanted) zones, and \(scenario.place.region) has "
                    + "\(all.count). Set network.zones to that, or choose another region.")
        }
        return all.prefix(wanted).map { $0.zoneName! }
    }

    private func createSubnets(
        _ blocks: [CIDRBlock], _ kind: String, in vpc: String, _ zones: [String]
    ) throws(ScenarioProblem) -> [String] {
        var subnets: [String] = []
        for (number, block) in blocks.enumerated() {
            let path = "network.\(kind)Subnets.\(number + 1)"
            subnets.append(
                try call(path, "CreateSubnet") {
                    try live.ec2.createSubnet(
                        tagSpecifications: named("\(kind)-\(number + 1)", .subnet),
                        availabilityZone: zones[number % zones.count],
                        cidrBlock: block.description, vpcId: vpc
                    ).subnet!.subnetId!
                })
        }
        return subnets
    }

    /// An internet gateway, and a route to it from the public subnets: that makes them public.
    private func openToInternet(_ network: ScenarioNetwork) throws(ScenarioProblem) {
        try call("network.publicSubnets", "CreateInternetGateway") {
            let gateway = try live.ec2.createInternetGateway(
                tagSpecifications: named(scenario.name, .internetGateway)
            ).internetGateway!.internetGatewayId!
            try live.ec2.attachInternetGateway(internetGatewayId: gateway, vpcId: network.vpc)
            let table = try live.ec2.createRouteTable(
                tagSpecifications: named("public", .routeTable), vpcId: network.vpc
            ).routeTable!.routeTableId!
            try live.ec2.createRoute(
                routeTableId: table, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway)
            for subnet in network.publicSubnets {
                try live.ec2.associateRouteTable(subnetId: subnet, routeTableId: table)
            }
        }
    }

    /// NAT gateways in public subnets, and the ways to them from the private ones. Without, the
    /// private subnets keep the VPC's main route table, which leads nowhere.
    private func createNatGateways(_ network: ScenarioNetwork) throws(ScenarioProblem) {
        let (zones, isPublic) = (scenario.network.zones, network.publicSubnets)
        let count: Int
        switch scenario.network.nat {
        case .none: return
        case .one: count = 1
        case .onePerZone: count = min(zones, isPublic.count)
        }
        for number in 0..<count {
            try call("network.nat", "CreateNatGateway") {
                let address = try live.ec2.allocateAddress(domain: .vpc).allocationId!
                let gateway = try live.ec2.createNatGateway(
                    allocationId: address, subnetId: isPublic[number],
                    tagSpecifications: named("nat-\(number + 1)", .natgateway)
                ).natGateway!.natGatewayId!
                let table = try live.ec2.createRouteTable(
                    tagSpecifications: named("private-\(number + 1)", .routeTable),
                    vpcId: network.vpc
                ).routeTable!.routeTableId!
                try live.ec2.createRoute(
                    routeTableId: table, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway)
                // Each to the gateway of its own zone; those of a zone without one, to the first.
                for (place, subnet) in network.privateSubnets.enumerated()
                where (place % zones < count ? place % zones : 0) == number {
                    try live.ec2.associateRouteTable(subnetId: subnet, routeTableId: table)
                }
            }
        }
    }

    /// First all groups, then their rules: a rule may name a group that stands further down.
    private func createSecurityGroups(
        in vpc: String
    ) throws(ScenarioProblem) -> [(name: String, id: String)] {
        var groups: [(name: String, id: String)] = []
        for group in scenario.securityGroups {
            let id = try call("securityGroups.\(group.name)", "CreateSecurityGroup") {
                try live.ec2.createSecurityGroup(
                    description: "\(group.name) of \(scenario.name)", groupName: group.name,
                    vpcId: vpc
                ).groupId!
            }
            groups.append((group.name, id))
        }
        for (group, made) in zip(scenario.securityGroups, groups) {
            for (number, rule) in group.rules.enumerated() {
                let path = "securityGroups.\(group.name).\(number + 1)"
                try call(path, "AuthorizeSecurityGroupIngress") {
                    try live.ec2.authorizeSecurityGroupIngress(
                        groupId: made.id, ipPermissions: [permission(rule, groups)])
                }
            }
        }
        return groups
    }

    func permission(
        _ rule: Scenario.SecurityGroup.Rule, _ groups: [(name: String, id: String)]
    ) -> EC2.IpPermission {
        var permission = EC2.IpPermission(
            ipProtocol: "tcp", fromPort: rule.ports.lowerBound, toPort: rule.ports.upperBound)
        switch rule.from {
        case .block(let block):
            permission.ipRanges = [EC2.IpRange(cidrIp: block.description)]
        case .group(let name):
            let id = groups.first { $0.name == name }?.id
            permission.userIdGroupPairs = [EC2.UserIdGroupPair(groupId: id)]
        }
        return permission
    }

    private func named(_ name: String, _ type: EC2.ResourceType) -> [EC2.TagSpecification] {
        [EC2.TagSpecification(resourceType: type, tags: [EC2.Tag(key: "Name", value: name)])]
    }
}
