import Simulation

extension Network {
    public struct Vpc: Sendable, Codable {
        public let place: Place
        public var block: CIDRBlock
        public var isDefault = false
        /// `"default"` or `"dedicated"`.
        public var tenancy = "default"
        public var hasDNSSupport = true
        public var hasDNSHostnames = false
        public var measuresAddressUse = false
        public var mainRouteTable: RouteTableID
        public var mainAssociation: RouteAssociationID
        public var defaultSecurityGroup: SecurityGroupID
        public var defaultACL: NetworkACLID
        public var internetGateway: InternetGatewayID?
        public var tags: [ResourceTag] = []

        // Its parts, by ascending ids.
        public internal(set) var subnets: [SubnetID] = []
        public internal(set) var routeTables: [RouteTableID] = []
        public internal(set) var securityGroups: [SecurityGroupID] = []
        public internal(set) var networkACLs: [NetworkACLID] = []
        public internal(set) var natGateways: [NatGatewayID] = []
        public internal(set) var interfaces: [InterfaceID] = []
    }

    /// Public or private by its route table, as in AWS: nothing else makes a subnet public.
    public struct Subnet: Sendable, Codable {
        public let place: Place
        public let vpc: VpcID
        public let block: CIDRBlock
        /// `"us-east-1a"`.
        public let zone: String
        /// Of its own; `nil`: the VPC's main route table.
        public var routeAssociation: RouteAssociationID?
        public var networkACL: NetworkACLID
        public var aclAssociation: ACLAssociationID
        public var mapsPublicAddresses = false
        public var isDefaultForZone = false
        var pool: AddressPool
        public var tags: [ResourceTag] = []
    }

    public struct InternetGateway: Sendable, Codable {
        public let place: Place
        public var vpc: VpcID?
        public var tags: [ResourceTag] = []
    }
}

extension Network {
    /// Makes a VPC with what AWS makes along with it: a main route table, a default security group
    /// and a default network ACL. Source: vpc.md section 3.
    mutating func addVpc(
        _ block: CIDRBlock, in place: Place, isDefault: Bool = false, tenancy: String = "default",
        tags: [ResourceTag] = []
    ) -> VpcID {
        let id = vpcs.nextID
        let table = routeTables.insert(RouteTable(place: place, vpc: id, isMain: true))
        let association = routeAssociations.insert(RouteAssociation(table: table, subnet: nil))
        routeTables[table].associations = [association]
        let acl = networkACLs.insert(
            NetworkACL(place: place, vpc: id, isDefault: true, entries: NetworkACL.allowingAll))
        vpcs.insert(
            Vpc(
                place: place, block: block, isDefault: isDefault, tenancy: tenancy,
                hasDNSHostnames: isDefault, mainRouteTable: table, mainAssociation: association,
                defaultSecurityGroup: securityGroups.nextID, defaultACL: acl, tags: tags,
                routeTables: [table], networkACLs: [acl]))
        vpcsByPlace[place, default: []].append(id)
        let group = addSecurityGroup(
            named: "default", description: "default VPC security group", to: id)
        addRule(
            SecurityGroup.Rule(group: group, isEgress: false, protocols: .all, peer: .group(group)))
        return id
    }

    /// Removes a VPC that has no parts but those that were made along with it.
    mutating func removeVpc(_ id: VpcID) {
        let vpc = vpcs[id]
        removeSecurityGroup(vpc.defaultSecurityGroup)
        routeAssociations.remove(vpc.mainAssociation)
        routeTables.remove(vpc.mainRouteTable)
        networkACLs.remove(vpc.defaultACL)
        vpcs.remove(id)
        vpcsByPlace[vpc.place, default: []].removeAscending(id)
    }

    mutating func addSubnet(
        _ block: CIDRBlock, zone: String, to vpc: VpcID, tags: [ResourceTag] = []
    ) -> SubnetID {
        let acl = vpcs[vpc].defaultACL
        let association = aclAssociations.insert(subnets.nextID)
        networkACLs[acl].associations.append(association)
        let id = subnets.insert(
            Subnet(
                place: vpcs[vpc].place, vpc: vpc, block: block, zone: zone, networkACL: acl,
                aclAssociation: association, pool: AddressPool(block), tags: tags))
        vpcs[vpc].subnets.append(id)
        return id
    }

    /// Removes a subnet in which there is no interface.
    mutating func removeSubnet(_ id: SubnetID) {
        if let association = subnets[id].routeAssociation { removeAssociation(association) }
        let subnet = subnets.remove(id)
        networkACLs[subnet.networkACL].associations.removeAscending(subnet.aclAssociation)
        aclAssociations.remove(subnet.aclAssociation)
        vpcs[subnet.vpc].subnets.removeAscending(id)
    }
}

extension Cloud {
    /// Gives a place the default VPC that every account of AWS starts with in each region, unless
    /// it has one: 172.31.0.0/16 with a public subnet in each zone.
    ///
    /// A cloud starts without, because a read changes nothing: whoever wants an account like those
    /// of AWS says so. Source: vpc.md section 3.
    @discardableResult
    public mutating func makeDefaultVpc(in place: Place = .standard) -> VpcID {
        if let existing = network.defaultVpc(of: place) { return existing }
        let vpc = network.addVpc(CIDRBlock("172.31.0.0/16")!, in: place, isDefault: true)
        let gateway = network.addInternetGateway(in: place)
        network.attach(gateway, to: vpc)
        network.routeTables[network.vpcs[vpc].mainRouteTable].routes = [
            Network.Route(destination: .everywhere, target: .internetGateway(gateway))
        ]
        for zone in Region(place.region).zones { network.addDefaultSubnet(in: zone.name, to: vpc) }
        return vpc
    }
}

extension Network {
    mutating func addInternetGateway(
        in place: Place, tags: [ResourceTag] = []
    ) -> InternetGatewayID {
        let id = internetGateways.insert(InternetGateway(place: place, tags: tags))
        internetGatewaysByPlace[place, default: []].append(id)
        return id
    }

    mutating func attach(_ gateway: InternetGatewayID, to vpc: VpcID) {
        internetGateways[gateway].vpc = vpc
        vpcs[vpc].internetGateway = gateway
    }

    /// Adds a default subnet, a /20 at the first place that is free.
    ///
    /// - Returns: `nil` if no such block is free.
    @discardableResult
    mutating func addDefaultSubnet(in zone: String, to vpc: VpcID) -> SubnetID? {
        guard let block = freeDefaultBlock(in: vpc) else { return nil }
        let id = addSubnet(block, zone: zone, to: vpc)
        subnets[id].mapsPublicAddresses = true
        subnets[id].isDefaultForZone = true
        return id
    }

    func freeDefaultBlock(in vpc: VpcID) -> CIDRBlock? {
        let whole = vpcs[vpc].block
        for start in stride(from: 0, to: whole.count, by: 1 << 12) {
            let block = CIDRBlock(
                IPv4Address(rawValue: whole.first.rawValue + UInt32(start)), prefix: 20)
            if !vpcs[vpc].subnets.contains(where: { subnets[$0].block.overlaps(block) }) {
                return block
            }
        }
        return nil
    }
}
