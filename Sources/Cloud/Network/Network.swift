import Simulation

/// The state of EC2's networks: what is connected to what, and who may talk to whom.
public struct Network: Sendable, Codable {
    public internal(set) var vpcs = Table<VpcID, Vpc>()
    public internal(set) var subnets = Table<SubnetID, Subnet>()
    public internal(set) var routeTables = Table<RouteTableID, RouteTable>()
    public internal(set) var routeAssociations = Table<RouteAssociationID, RouteAssociation>()
    public internal(set) var internetGateways = Table<InternetGatewayID, InternetGateway>()
    public internal(set) var natGateways = Table<NatGatewayID, NatGateway>()
    public internal(set) var addresses = Table<AddressID, ElasticAddress>()
    public internal(set) var addressAssociations = Table<AddressAssociationID, AddressID>()
    public internal(set) var securityGroups = Table<SecurityGroupID, SecurityGroup>()
    public internal(set) var rules = Table<SecurityGroupRuleID, SecurityGroup.Rule>()
    public internal(set) var interfaces = Table<InterfaceID, Interface>()
    public internal(set) var networkACLs = Table<NetworkACLID, NetworkACL>()
    public internal(set) var endpoints = Table<EndpointID, Endpoint>()
    public internal(set) var aclAssociations = Table<ACLAssociationID, SubnetID>()

    // What belongs to a place, by ascending ids; what belongs to a VPC stands in the VPC.
    var vpcsByPlace = Index<Place, [VpcID]>()
    var internetGatewaysByPlace = Index<Place, [InternetGatewayID]>()
    var addressesByPlace = Index<Place, [AddressID]>()

    /// Which interface has an address, by VPC.
    var interfaceByAddress = Index<NetworkAddress, InterfaceID>()
    /// Names of security groups are unique within their VPC.
    var groupByName = Index<GroupName, SecurityGroupID>()
    /// How many public addresses have been given out; the next one follows from it.
    var publicAddressesGiven: UInt32 = 0
    /// By operation and token.
    var tokens = Index<PlacedName, TokenRecord>()
}

/// An address within a VPC: the same one may exist in each of them.
public struct NetworkAddress: Hashable, Comparable, Codable, Sendable, BitwiseCopyable {
    public var vpc: VpcID
    public var address: IPv4Address

    public static func < (one: NetworkAddress, other: NetworkAddress) -> Bool {
        (one.vpc, one.address) < (other.vpc, other.address)
    }
}

/// The name of a security group within a VPC.
struct GroupName: Hashable, Comparable, Codable, Sendable {
    var vpc: VpcID
    var name: String

    static func < (one: GroupName, other: GroupName) -> Bool {
        (one.vpc, one.name) < (other.vpc, other.name)
    }
}

extension Network {
    public enum Event: Hashable, Codable, Sendable, BitwiseCopyable {
        /// The end of provisioning; a gateway that cannot work fails then.
        case natGatewayAvailable(NatGatewayID)
        case natGatewayDeleted(NatGatewayID)
        case forgetNatGateway(NatGatewayID)
        case endpointAvailable(EndpointID)
    }

    public enum Fact: Hashable, Sendable, BitwiseCopyable {
        /// What may reach what in this network is no longer what it was: a route, a rule, a
        /// gateway, an interface's groups.
        case pathsChanged(VpcID)
        /// What answers at an address is no longer what it was.
        case listenersChanged(NetworkAddress)
        case natGatewayMoved(NatGatewayID)
    }
}

extension Network {
    /// The VPCs of a place, in the order in which they were made.
    public func vpcs(in place: Place) -> [VpcID] { vpcsByPlace[place] ?? [] }

    /// The VPC that calls mean which name none.
    public func defaultVpc(of place: Place) -> VpcID? {
        vpcs(in: place).first { vpcs[$0].isDefault }
    }

    /// What the VPCs of a place have of one kind, by ascending ids.
    func parts<ID: Identifier>(of place: Place, _ path: KeyPath<Vpc, [ID]>) -> [ID] {
        vpcs(in: place).flatMap { vpcs[$0][keyPath: path] }.sorted()
    }
}
