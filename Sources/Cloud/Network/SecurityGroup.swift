import Simulation

extension Network {
    /// Allow rules only, stateful, the same for every interface that carries the group.
    public struct SecurityGroup: Equatable, Sendable, Codable {
        public let place: Place
        public let vpc: VpcID
        public let name: String
        public let description: String
        /// In the order in which they were authorised, both directions.
        public var rules: [SecurityGroupRuleID] = []
        public var tags: [ResourceTag] = []

        public var isDefault: Bool { name == "default" }
    }
}

extension Network.SecurityGroup {
    public struct Rule: Sendable, Codable, Equatable {
        public var group: SecurityGroupID
        public var isEgress: Bool
        public var protocols: NetworkProtocol
        /// `nil`: every port, or every type of ICMP.
        public var ports: PortRange?
        public var peer: Peer
        public var description: String?
        public var tags: [ResourceTag] = []

        /// Whether two rules say the same. A description makes no difference, as in AWS.
        func allowsTheSame(as other: Rule) -> Bool {
            isEgress == other.isEgress && protocols == other.protocols && ports == other.ports
                && peer == other.peer
        }
    }

    public enum Peer: Hashable, Sendable, Codable {
        case block(CIDRBlock)
        /// The private address of every interface that carries this group.
        case group(SecurityGroupID)
        /// Kept and shown, but nothing in Drydock has an IPv6 address that it could match.
        case blockIPv6(String)
        case prefixList(String)
    }
}

/// A protocol as security groups name it.
public enum NetworkProtocol: Hashable, Sendable, Codable {
    case all, tcp, udp, icmp
    /// By its number.
    case other(Int)
}

/// Ports from the first to the last; of ICMP, the type and the code.
public struct PortRange: Hashable, Sendable, Codable {
    public var from: Int
    public var to: Int

    public init(_ from: Int, _ to: Int) { (self.from, self.to) = (from, to) }

    public func contains(_ port: Int) -> Bool { from <= port && port <= to }
}

extension Network {
    /// Whether some rule of the groups lets a TCP connection through.
    ///
    /// A reference to a group matches private addresses only: `peerGroups` is empty for whoever
    /// comes from outside of the network. Source: vpc.md sections 0.4 and 6.
    func allows(
        _ groups: [SecurityGroupID], egress: Bool, port: Int, peer: IPv4Address,
        peerGroups: [SecurityGroupID]
    ) -> Bool {
        for group in groups {
            for id in securityGroups[group].rules {
                let rule = rules[id]
                guard rule.isEgress == egress else { continue }
                switch rule.protocols {
                case .all: break
                case .tcp: guard rule.ports?.contains(port) ?? true else { continue }
                default: continue
                }
                switch rule.peer {
                case .block(let block): if block.contains(peer) { return true }
                case .group(let wanted): if peerGroups.contains(wanted) { return true }
                case .blockIPv6, .prefixList: break
                }
            }
        }
        return false
    }
}
