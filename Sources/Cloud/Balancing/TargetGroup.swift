import Simulation

extension Balancing {
    public struct TargetGroup: Sendable, Codable {
        public enum TargetType: String, Sendable, Codable { case instance, ip, lambda, alb }

        public let place: Place
        public let name: String
        /// `"HTTP"`, `"HTTPS"`, `"TCP"`, ...
        public let `protocol`: String
        public let protocolVersion: String?
        public let port: Int
        public let vpc: VpcID
        public let targetType: TargetType
        public var healthCheck: HealthCheck
        public var ipAddressType = "ipv4"
        /// The load balancer of which a listener or a rule leads here; at most one, as in AWS.
        public internal(set) var loadBalancer: LoadBalancerID?
        /// How many listeners and rules lead here.
        var leads = 0
        /// Registered and draining ones, in the order of their registration.
        public var targets: [TargetID] = []
        public var deregistrationDelay = Duration.seconds(300)
        /// With fewer healthy targets than this, requests go to unhealthy ones too ("fail open").
        public var minimumHealthyTargets = 1
        /// The same as a share of the registered targets.
        public var minimumHealthyPercent: Int?
        /// Whether a node sends requests to targets of other zones; `nil`: as its load balancer
        /// does.
        public var crossesZones: Bool?
        /// How long the share of a new target grows; zero: it has all of it at once.
        public var slowStart = Duration.zero
        /// Whether the load balancer gives a client a cookie and sends it to the same target again.
        public var isSticky = false
        /// With fewer healthy targets than this, a node leaves the DNS; `nil`: it does not.
        public var minimumHealthyForDNS: Int? = 1
        /// The same as a share of the registered targets.
        public var minimumHealthyPercentForDNS: Int?
        /// Whether targets see the address of the client, not that of the node.
        public var keepsClientAddress = false
        /// Whether the end of a drain cuts the connections that are left.
        public var cutsConnections = true
        /// Those that differ from their defaults, by key, as they were set.
        public var attributes: [ResourceTag] = []
        public var tags: [ResourceTag] = []
    }

    /// Source of the defaults: ELB User Guide; elbv2.md section 5.
    public struct HealthCheck: Hashable, Sendable, Codable {
        public var `protocol` = "HTTP"
        /// `nil`: the port of the target (`traffic-port`).
        public var port: Int?
        public var path: String? = "/"
        public var interval = Duration.seconds(30)
        public var timeout = Duration.seconds(5)
        public var healthyThreshold = 5
        public var unhealthyThreshold = 2
        /// The codes that pass, as they were given: `"200"`, `"200,202"`, `"200-299"`.
        public var matcher: String? = "200"
        /// A new target of an application load balancer is healthy after one passed check; of a
        /// network load balancer after as many as an unhealthy one. elbv2.md section 0.1.
        public var onePassIsEnoughAtFirst = true
        /// The same, read.
        public var passing = [StatusRange(200, 200)]

        public init() {}

        /// A check without codes (TCP) passes once the connection is accepted.
        func passes(_ status: Int) -> Bool {
            passing.isEmpty || passing.contains { $0.contains(status) }
        }
    }

    public struct StatusRange: Hashable, Sendable, Codable {
        public var from: Int
        public var to: Int
        public init(_ from: Int, _ to: Int) { (self.from, self.to) = (from, to) }
        func contains(_ status: Int) -> Bool { from <= status && status <= to }
    }

    public enum TargetState: String, Sendable, Codable, BitwiseCopyable {
        case unused, initial, healthy, unhealthy, draining
    }

    public struct Target: Sendable, Codable {
        public let group: TargetGroupID
        public let address: IPv4Address
        public let port: Int
        /// `"all"` of an address outside of the VPC.
        public let zone: String?
        /// What DescribeTargetHealth shows.
        public internal(set) var state = TargetState.unused
        public internal(set) var registeredAt: Instant
        public internal(set) var deregisteredAt: Instant?
        /// When the drain is over and the target gone; known once it is deregistered.
        public internal(set) var drainEndsAt: Instant?
        /// Counts registrations: of a target that is registered again, old events mean nothing.
        var registration: UInt32 = 0
        /// Counts the turns planned for its views: of a turn that was planned anew, the old event
        /// means nothing.
        var turnsPlanned: UInt32 = 0
        /// One for each node of the load balancer, in its order; empty while there is none.
        public internal(set) var views: [NodeView] = []
    }
}
