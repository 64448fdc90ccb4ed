import Simulation

extension Network {
    /// Stateless rules at the border of a subnet. Source: vpc.md section 5.
    public struct NetworkACL: Sendable, Codable {
        public let place: Place
        public let vpc: VpcID
        public let isDefault: Bool
        /// In both directions, inbound first, each by ascending numbers. The final denial of each
        /// direction is not among them.
        public var entries: [Entry] = []
        /// The subnets it is for, by ascending ids of the associations.
        public var associations: [ACLAssociationID] = []
        public var tags: [ResourceTag] = []

        public struct Entry: Hashable, Sendable, Codable {
            /// From 1 to 32766; the first that matches decides.
            public var number: Int
            public var isEgress: Bool
            public var allows: Bool
            public var protocols: NetworkProtocol
            /// `nil`: every port, or every type of ICMP.
            public var ports: PortRange?
            public var block: Block
        }

        public enum Block: Hashable, Sendable, Codable {
            case ipv4(CIDRBlock)
            /// Kept and shown, but nothing in Drydock has an IPv6 address that it could match.
            case ipv6(String)
        }

        /// What the default ACL starts with.
        static let allowingAll = [false, true].map {
            Entry(
                number: 100, isEgress: $0, allows: true, protocols: .all, block: .ipv4(.everywhere))
        }
    }
}
