import Simulation

public struct LoadBalancerID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct ListenerID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct ListenerRuleID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct TargetGroupID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct TargetID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of Elastic Load Balancing.
public struct Balancing: Sendable, Codable {
    public internal(set) var loadBalancers = Table<LoadBalancerID, LoadBalancer>()
    public internal(set) var listeners = Table<ListenerID, Listener>()
    public internal(set) var rules = Table<ListenerRuleID, Rule>()
    public internal(set) var targetGroups = Table<TargetGroupID, TargetGroup>()
    public internal(set) var targets = Table<TargetID, Target>()

    var loadBalancerIDs = Index<PlacedName, LoadBalancerID>()
    var targetGroupIDs = Index<PlacedName, TargetGroupID>()
    /// The targets at an address, in whichever groups.
    var targetsByAddress = Index<NetworkAddress, [TargetID]>()
    var targetGroupsByVpc = Index<VpcID, [TargetGroupID]>()
    /// Whether an application load balancer may have a group whose requests stay in their zone.
    var someGroupsKeepToZones = false
    /// What a place has, in the order of creation.
    var loadBalancersByPlace = Index<Place, [LoadBalancerID]>()
    var targetGroupsByPlace = Index<Place, [TargetGroupID]>()
}

extension Balancing {
    public enum Event: Hashable, Codable, Sendable, BitwiseCopyable {
        case loadBalancerActive(LoadBalancerID)
        /// Reserved capacity is there, unless another request has come.
        case capacityReserved(LoadBalancerID, turn: UInt32)
        /// The check after which a node thinks otherwise of a target, unless something changed
        /// meanwhile and the view's generation with it.
        case viewTurns(TargetID, node: UInt16, generation: UInt32)
        /// A node learns of a deregistration. The number counts the target's registrations.
        case reachesNode(TargetID, node: UInt16, registration: UInt32)
        /// The share of a target in slow start grows. The number counts the target's registrations.
        case rampGoesOn(TargetID, node: UInt16, registration: UInt32)
        /// A node's address comes into the DNS answers, or leaves them.
        case dnsTurns(LoadBalancerID, node: UInt16, turn: UInt32)
        case drainShows(TargetID, registration: UInt32)
        case drainEnds(TargetID, registration: UInt32)
    }

    public enum Fact: Hashable, Sendable, BitwiseCopyable {
        case loadBalancerActive(LoadBalancerID)
        /// The state that DescribeTargetHealth shows.
        case targetMoved(TargetID, from: TargetState, to: TargetState)
        /// What some node does with requests is no longer what it was.
        case routingChanged(LoadBalancerID)
        case targetRemoved(TargetID)
    }
}

extension Balancing {
    public struct LoadBalancer: Equatable, Sendable, Codable {
        public enum State: String, Sendable, Codable { case provisioning, active }
        public enum Kind: String, Sendable, Codable { case application, network }

        /// One in each enabled zone, with a view of its own of targets' health.
        public struct Node: Hashable, Sendable, Codable {
            /// Its name among the nodes that the load balancer ever had.
            let number: UInt16
            public var zone: String
            public var subnet: SubnetID
            public var interface: InterfaceID
            /// Whether clients that ask for the load balancer's name may get its address.
            public internal(set) var isInDNS = true
            /// Whether they are to, once that has got about.
            var belongsInDNS = true
            /// Counts the changes of that: of an earlier one, the event means nothing.
            var dnsTurn: UInt32 = 0
        }

        public let place: Place
        public let name: String
        public let kind: Kind
        public let isInternal: Bool
        public let vpc: VpcID
        public var state = State.provisioning
        public internal(set) var nodes: [Node] = []
        /// How many nodes it ever had; the number of the next one.
        var nodesMade: UInt16 = 0
        public var securityGroups: [SecurityGroupID]
        public var ipAddressType = "ipv4"
        /// Kept and shown; addresses come from elsewhere.
        var ipamPool: String?
        var reservation = CapacityReservation()
        public var listeners: [ListenerID] = []
        /// Those that differ from their defaults, by key.
        public var attributes: [ResourceTag] = []
        public let createdAt: Instant
        public var tags: [ResourceTag] = []
    }

    public struct Listener: Equatable, Sendable, Codable {
        public let loadBalancer: LoadBalancerID
        public var port: Int
        /// `"HTTP"`, `"HTTPS"`, `"TCP"`, ...
        public var `protocol`: String
        public var actions: [Action]
        /// By priority; the default actions come after them.
        public var rules: [ListenerRuleID] = []
        /// ARNs, the default certificate first.
        public var certificates: [String] = []
        public var sslPolicy: String?
        public var alpnPolicy: [String] = []
        public var attributes: [ResourceTag] = []
        public var tags: [ResourceTag] = []
    }

    public struct Rule: Sendable, Codable {
        public let listener: ListenerID
        public var priority: Int
        public var conditions: [Condition]
        public var actions: [Action]
        public var tags: [ResourceTag] = []
    }

    /// What a request must be like. All conditions of a rule must hold; one value of each is
    /// enough.
    public enum Condition: Hashable, Sendable, Codable {
        case host([String])
        case path([String])
        case header(name: String, [String])
        case method([String])
        case query([ResourceTag])
        case source([String])
    }

    public enum Action: Hashable, Sendable, Codable {
        case forward(Forward)
        case fixedResponse(status: Int, contentType: String?, body: String?)
        case redirect(Redirect)
    }

    public struct Forward: Hashable, Sendable, Codable {
        public struct Share: Hashable, Sendable, Codable {
            public var group: TargetGroupID
            public var weight: Int
        }
        public var groups: [Share]
        /// Seconds; `nil` if stickiness between groups is off.
        public var stickiness: Int?
    }

    public struct Redirect: Hashable, Sendable, Codable {
        public var status: String
        public var `protocol`: String?
        public var host: String?
        public var port: String?
        public var path: String?
        public var query: String?
    }
}
