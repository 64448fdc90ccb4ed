import Simulation

extension Network {
    /// Stateless rules at the border of a subnet. Source: vpc.md section 5.
    public struct NetworkACL: Sendable, Codable {
        public let place: Place
        public let vpc: VpcID
        public let isDefault: Bool
        /// In both directions, inbound first, each by ascending numbers. The final denial of each
        /// direction is not among them.
        public var entries: [Entry] {
            didSet { allowsAll = entries == Self.allowingAll }
        }
        /// Whether it lets everything through, as a default one does that nobody has changed.
        private(set) var allowsAll: Bool
        /// The subnets it is for, by ascending ids of the associations.
        public var associations: [ACLAssociationID] = []
        public var tags: [ResourceTag]

        init(
            place: Place, vpc: VpcID, isDefault: Bool, entries: [Entry] = [],
            tags: [ResourceTag] = []
        ) {
            self.place = place
            self.vpc = vpc
            self.isDefault = isDefault
            self.entries = entries
            self.tags = tags
            allowsAll = entries == Self.allowingAll
        }

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

extension [Network.NetworkACL.Entry] {
    /// Whether TCP packets to every one of these ports get through. In the order of their numbers,
    /// the first entry that matches a port decides it; without one it is denied.
    ///
    /// Inwards, `peer` is where the packets come from, outwards, where they go to.
    func allows(_ ports: ClosedRange<Int>, egress: Bool, peer: IPv4Address) -> Bool {
        // What no entry has decided yet, if that is no longer all of it.
        var rest: [ClosedRange<Int>]?
        for entry in self where entry.isEgress == egress && entry.concerns(peer) {
            let range = entry.tcpPorts
            if rest == nil, range.lowerBound <= ports.lowerBound,
                ports.upperBound <= range.upperBound
            {
                return entry.allows
            }
            let open = rest ?? [ports]
            if !entry.allows {
                if open.contains(where: { $0.overlaps(range) }) { return false }
                continue
            }
            rest = open.flatMap { $0.without(range) }
            if rest!.isEmpty { return true }
        }
        return false
    }
}

extension Network.NetworkACL.Entry {
    fileprivate func concerns(_ peer: IPv4Address) -> Bool {
        guard case .ipv4(let block) = block, block.contains(peer) else { return false }
        return protocols == .all || protocols == .tcp
    }

    fileprivate var tcpPorts: ClosedRange<Int> {
        guard protocols == .tcp, let ports else { return 0...65535 }
        return ports.from...ports.to
    }
}

extension ClosedRange<Int> {
    /// What is left of it without another range: nothing, one part or two.
    fileprivate func without(_ other: ClosedRange<Int>) -> [ClosedRange<Int>] {
        guard overlaps(other) else { return [self] }
        var parts: [ClosedRange<Int>] = []
        if lowerBound < other.lowerBound { parts.append(lowerBound...(other.lowerBound - 1)) }
        if other.upperBound < upperBound { parts.append((other.upperBound + 1)...upperBound) }
        return parts
    }
}

extension Network {
    /// The ports a client may use that nobody knows more of. Source: vpc.md section 5.
    static let anyClientPorts = 1024...65535

    /// What the ACL of a subnet does to a connection that crosses its border: the packets to `port`
    /// and the answers to the client's ports, of which any may be used, so all must be open.
    ///
    /// - Parameter outwards: Whether the client is within the subnet.
    func blockingACL(
        at subnet: SubnetID, outwards: Bool, peer: IPv4Address, port: Int,
        replies: ClosedRange<Int>
    ) -> Blocker? {
        let id = subnets[subnet].networkACL
        if networkACLs[id].allowsAll { return nil }
        let entries = networkACLs[id].entries
        guard entries.allows(port...port, egress: outwards, peer: peer),
            entries.allows(replies, egress: !outwards, peer: peer)
        else { return .deniedByACL(id) }
        return nil
    }
}

extension Network.Interface.Kind {
    /// The ports its connections come from: those of Linux, or of AWS's own machines.
    /// Source: vpc.md section 5.
    var clientPorts: ClosedRange<Int> {
        switch self {
        case .user, .task: 32768...60999
        case .loadBalancer, .natGateway, .endpoint: Network.anyClientPorts
        }
    }
}

extension Network {
    mutating func addNetworkACL(to vpc: VpcID, tags: [ResourceTag] = []) -> NetworkACLID {
        let id = networkACLs.insert(
            NetworkACL(place: vpcs[vpc].place, vpc: vpc, isDefault: false, tags: tags))
        vpcs[vpc].networkACLs.append(id)
        return id
    }

    /// Removes an ACL that is for no subnet.
    mutating func removeNetworkACL(_ id: NetworkACLID) {
        let acl = networkACLs.remove(id)
        vpcs[acl.vpc].networkACLs.removeAscending(id)
    }

    /// Gives the subnet of an association another ACL.
    mutating func replaceACL(
        of association: ACLAssociationID, with acl: NetworkACLID
    ) -> ACLAssociationID {
        let subnet = aclAssociations.remove(association)
        networkACLs[subnets[subnet].networkACL].associations.removeAscending(association)
        let id = aclAssociations.insert(subnet)
        networkACLs[acl].associations.append(id)
        subnets[subnet].networkACL = acl
        subnets[subnet].aclAssociation = id
        return id
    }
}
