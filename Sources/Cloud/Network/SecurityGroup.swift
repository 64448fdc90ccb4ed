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
        /// How many interfaces carry it.
        public internal(set) var interfaceCount = 0
        /// How many rules of other groups refer to it.
        public internal(set) var referenceCount = 0
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

extension Network {
    /// Makes a group that lets everything out and nothing in. Source: vpc.md section 6.
    mutating func addSecurityGroup(
        named name: String, description: String, to vpc: VpcID, tags: [ResourceTag] = []
    ) -> SecurityGroupID {
        let id = securityGroups.insert(
            SecurityGroup(
                place: vpcs[vpc].place, vpc: vpc, name: name, description: description, tags: tags))
        vpcs[vpc].securityGroups.append(id)
        groupByName[GroupName(vpc: vpc, name: name)] = id
        addRule(
            SecurityGroup.Rule(
                group: id, isEgress: true, protocols: .all, peer: .block(.everywhere)))
        return id
    }

    /// Removes a group that no interface carries and no other group refers to.
    mutating func removeSecurityGroup(_ id: SecurityGroupID) {
        for rule in securityGroups[id].rules { removeRule(rule) }
        let group = securityGroups.remove(id)
        vpcs[group.vpc].securityGroups.removeAscending(id)
        groupByName[GroupName(vpc: group.vpc, name: group.name)] = nil
    }

    @discardableResult
    mutating func addRule(_ rule: SecurityGroup.Rule) -> SecurityGroupRuleID {
        let id = rules.insert(rule)
        securityGroups[rule.group].rules.append(id)
        countReference(of: rule, by: 1)
        return id
    }

    mutating func removeRule(_ id: SecurityGroupRuleID) {
        let rule = rules.remove(id)
        securityGroups[rule.group].rules.removeAscending(id)
        countReference(of: rule, by: -1)
    }

    /// Puts another rule in the place of one, under the same id.
    mutating func replaceRule(_ id: SecurityGroupRuleID, with rule: SecurityGroup.Rule) {
        countReference(of: rules[id], by: -1)
        rules[id] = rule
        countReference(of: rule, by: 1)
    }

    private mutating func countReference(of rule: SecurityGroup.Rule, by change: Int) {
        guard case .group(let peer) = rule.peer, peer != rule.group else { return }
        securityGroups[peer].referenceCount += change
    }

    mutating func countUse(of groups: [SecurityGroupID], by change: Int) {
        for group in groups where securityGroups.contains(group) {
            securityGroups[group].interfaceCount += change
        }
    }
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
        // A service may still name a group that is gone: it allows nothing.
        for group in groups where securityGroups.contains(group) {
            for id in securityGroups[group].rules {
                guard rules[id].isEgress == egress else { continue }
                switch rules[id].protocols {
                case .all: break
                case .tcp: guard rules[id].ports?.contains(port) ?? true else { continue }
                default: continue
                }
                switch rules[id].peer {
                case .block(let block): if block.contains(peer) { return true }
                case .group(let wanted): if peerGroups.contains(wanted) { return true }
                case .prefixList(let id):
                    let lists = PrefixList.all(in: securityGroups[group].place.region)
                    let list = lists.first { $0.id == id }
                    if let list, list.blocks.contains(where: { $0.contains(peer) }) { return true }
                case .blockIPv6: break
                }
            }
        }
        return false
    }
}
