import CloudAPI

/// An entry of a network ACL as a call asks for it.
struct ACLEntryRequest {
    var number: Int
    var isEgress: Bool
    var `protocol`: String
    var action: EC2.RuleAction
    var block: String?
    var ipv6Block: String?
    var types: EC2.IcmpTypeCode?
    var ports: EC2.PortRange?

    /// Source: vpc.md section 5; texts assumed.
    func entry(in cloud: Cloud) throws(APIFailure) -> Network.NetworkACL.Entry {
        try Self.check(number)
        let allows: Bool
        switch action {
        case .allow: allows = true
        case .deny: allows = false
        default:
            guard !action.rawValue.isEmpty else { throw .ec2Missing("ruleAction") }
            throw .ec2InvalidValue(action.rawValue, of: "ruleAction", "Invalid action.")
        }
        guard !self.protocol.isEmpty else { throw .ec2Missing("protocol") }
        let protocols = try cloud.networkProtocol(self.protocol)
        let from = protocols.hasTypes ? types?.type : ports?.from
        let to = protocols.hasTypes ? types?.code : ports?.to
        if protocols.hasTypes, from == nil || to == nil { throw .ec2Missing("icmpTypeCode") }
        return Network.NetworkACL.Entry(
            number: number, isEgress: isEgress, allows: allows, protocols: protocols,
            ports: try cloud.ports(from, to, of: protocols), block: try checkedBlock())
    }

    static func check(_ number: Int) throws(APIFailure) {
        guard 1...32766 ~= number else {
            throw .ec2InvalidValue(
                String(number), of: "ruleNumber", "Must be between 1 and 32766.")
        }
    }

    private func checkedBlock() throws(APIFailure) -> Network.NetworkACL.Block {
        if let ipv6Block, block == nil {
            guard isIPv6Block(ipv6Block) else { throw .isNoBlock(ipv6Block, "ipv6CidrBlock") }
            return .ipv6(ipv6Block)
        }
        guard let block, !block.isEmpty else { throw .ec2Missing("cidrBlock") }
        guard let checked = CIDRBlock(block) else { throw .isNoBlock(block, "cidrBlock") }
        return .ipv4(checked)
    }
}

extension Network.NetworkACL {
    /// Where the entry with a number stands.
    func index(of number: Int, egress: Bool) -> Int? {
        entries.firstIndex { $0.number == number && $0.isEgress == egress }
    }

    /// Puts an entry in its place: inbound first, then by number.
    mutating func insert(_ entry: Entry) {
        let place = entries.firstIndex {
            $0.isEgress != entry.isEgress ? $0.isEgress : $0.number > entry.number
        }
        entries.insert(entry, at: place ?? entries.count)
    }
}
