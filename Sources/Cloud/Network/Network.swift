import Simulation

public struct VpcID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct SubnetID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct RouteTableID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct InternetGatewayID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct NatGatewayID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
/// An elastic address.
public struct AddressID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct SecurityGroupID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct SecurityGroupRuleID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct InterfaceID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of EC2's networks: what is connected to what, and who may talk to whom.
public struct Network: Sendable, Codable {
    public internal(set) var vpcs = Table<VpcID, Vpc>()
    public internal(set) var subnets = Table<SubnetID, Subnet>()
    public internal(set) var routeTables = Table<RouteTableID, RouteTable>()
    public internal(set) var internetGateways = Table<InternetGatewayID, InternetGateway>()
    public internal(set) var natGateways = Table<NatGatewayID, NatGateway>()
    public internal(set) var addresses = Table<AddressID, ElasticAddress>()
    public internal(set) var securityGroups = Table<SecurityGroupID, SecurityGroup>()
    public internal(set) var rules = Table<SecurityGroupRuleID, SecurityGroup.Rule>()
    public internal(set) var interfaces = Table<InterfaceID, Interface>()

    /// Which interface has an address, by VPC.
    var interfaceByAddress = Index<NetworkAddress, InterfaceID>()
    /// How many public addresses have been given out; the next one follows from it.
    var publicAddressesGiven: UInt32 = 0
}

/// An address within a VPC: the same one may exist in each of them.
public struct NetworkAddress: Hashable, Comparable, Codable, Sendable, BitwiseCopyable {
    public var vpc: VpcID
    public var address: IPv4Address

    public static func < (one: NetworkAddress, other: NetworkAddress) -> Bool {
        (one.vpc, one.address) < (other.vpc, other.address)
    }
}

extension Network {
    public enum Event: Hashable, Codable, Sendable, BitwiseCopyable {
        case natGatewayAvailable(NatGatewayID)
        case natGatewayDeleted(NatGatewayID)
        case forgetNatGateway(NatGatewayID)
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

/// A tag of a resource of EC2.
public struct ResourceTag: Hashable, Codable, Sendable {
    public var key: String
    public var value: String
    public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
}

extension Network {
    public struct Vpc: Sendable, Codable {
        public let place: Place
        public var block: CIDRBlock
        public var isDefault = false
        public var hasDNSSupport = true
        public var hasDNSHostnames = false
        public var mainRouteTable: RouteTableID
        public var defaultSecurityGroup: SecurityGroupID
        public var internetGateway: InternetGatewayID?
        public var tags: [ResourceTag] = []
    }

    /// Public or private by its route table, as in AWS: nothing else makes a subnet public.
    public struct Subnet: Sendable, Codable {
        public let place: Place
        public let vpc: VpcID
        public let block: CIDRBlock
        /// `"us-east-1a"`.
        public let zone: String
        /// `nil`: the VPC's main route table.
        public var routeTable: RouteTableID?
        public var mapsPublicAddresses = false
        public var isDefaultForZone = false
        var pool: AddressPool
        public var tags: [ResourceTag] = []
    }

    public struct RouteTable: Sendable, Codable {
        public let place: Place
        public let vpc: VpcID
        public var isMain: Bool
        /// Beside the local route, which is always there.
        public var routes: [Route] = []
        public var tags: [ResourceTag] = []
    }

    public struct Route: Hashable, Sendable, Codable {
        public enum Target: Hashable, Sendable, Codable {
            case internetGateway(InternetGatewayID)
            case natGateway(NatGatewayID)
            case interface(InterfaceID)
        }
        public var destination: CIDRBlock
        public var target: Target
    }

    public struct InternetGateway: Sendable, Codable {
        public let place: Place
        public var vpc: VpcID?
        public var tags: [ResourceTag] = []
    }

    public struct NatGateway: Sendable, Codable {
        public enum State: String, Sendable, Codable { case pending, available, failed, deleting, deleted }
        public let place: Place
        public let vpc: VpcID
        public let subnet: SubnetID
        public var state: State
        public var failure: Failure?
        public var address: AddressID?
        public var interface: InterfaceID?
        public let createdAt: Instant
        public var deletedAt: Instant?
        public var tags: [ResourceTag] = []

        public struct Failure: Hashable, Sendable, Codable {
            public var code: String
            public var message: String
        }
    }

    public struct ElasticAddress: Sendable, Codable {
        public let place: Place
        public let address: IPv4Address
        public var interface: InterfaceID?
        public var tags: [ResourceTag] = []
    }
}

/// Which addresses of a subnet are in use. Gives out the next free one, in a circle, so that an
/// address does not come back at once. (AWS gives out a random one; vpc.md section 4.)
struct AddressPool: Sendable, Codable {
    private var taken: [UInt64]
    private let size: Int
    private var next: Int
    private(set) var free: Int

    /// The first four addresses and the last one are AWS's own.
    init(_ block: CIDRBlock) {
        size = block.count
        taken = [UInt64](repeating: 0, count: (size + 63) / 64)
        next = 4
        free = size - 5
    }

    private func isReserved(_ offset: Int) -> Bool { offset < 4 || offset == size - 1 }

    func isTaken(_ offset: Int) -> Bool {
        isReserved(offset) || taken[offset / 64] >> UInt64(offset % 64) & 1 == 1
    }

    /// - Returns: The offset of an address in the block; `nil` if none is free.
    mutating func take() -> Int? {
        guard free > 0 else { return nil }
        while isTaken(next) { next = (next + 1) % size }
        let offset = next
        take(offset)
        next = (next + 1) % size
        return offset
    }

    mutating func take(_ offset: Int) {
        precondition(!isTaken(offset), "an address is given out once")
        taken[offset / 64] |= 1 << UInt64(offset % 64)
        free -= 1
    }

    mutating func giveBack(_ offset: Int) {
        taken[offset / 64] &= ~(1 << UInt64(offset % 64))
        free += 1
    }
}
