import CloudAPI

extension EC2.NetworkAcl {
    init(_ id: NetworkACLID, in cloud: borrowing Cloud) {
        let acl = cloud.network.networkACLs[id]
        // Outbound entries come first, each direction ends with the denial of everything else.
        let entries = [true, false].flatMap { isEgress in
            acl.entries.filter { $0.isEgress == isEgress }.map { EC2.NetworkAclEntry($0) }
                + [
                    EC2.NetworkAclEntry(
                        cidrBlock: "0.0.0.0/0", egress: isEgress, protocol: "-1",
                        ruleAction: .deny, ruleNumber: 32767)
                ]
        }
        self.init(
            associations: acl.associations.map {
                EC2.NetworkAclAssociation(
                    networkAclAssociationId: cloud.ec2ID($0), networkAclId: cloud.ec2ID(id),
                    subnetId: cloud.ec2ID(cloud.network.aclAssociations[$0]))
            },
            entries: entries, isDefault: acl.isDefault, networkAclId: cloud.ec2ID(id),
            tags: acl.tags.wire, vpcId: cloud.ec2ID(acl.vpc), ownerId: acl.place.account)
    }
}

extension EC2.NetworkAclEntry {
    init(_ entry: Network.NetworkACL.Entry) {
        self.init(
            egress: entry.isEgress, protocol: entry.protocols.number,
            ruleAction: entry.allows ? .allow : .deny, ruleNumber: entry.number)
        if entry.protocols.hasTypes {
            icmpTypeCode = EC2.IcmpTypeCode(
                code: entry.ports?.to ?? -1, type: entry.ports?.from ?? -1)
        } else if let ports = entry.ports {
            portRange = EC2.PortRange(from: ports.from, to: ports.to)
        }
        switch entry.block {
        case .ipv4(let block): cidrBlock = block.description
        case .ipv6(let block): ipv6CidrBlock = block
        }
    }
}

extension EC2.NetworkAcl: Filterable {
    static var blank: EC2.NetworkAcl { EC2.NetworkAcl() }

    func values(of filter: String) -> [String?]? {
        let (associations, entries) = (associations ?? [], entries ?? [])
        return switch filter {
        case "association.association-id": associations.map(\.networkAclAssociationId)
        case "association.network-acl-id": associations.map(\.networkAclId)
        case "association.subnet-id": associations.map(\.subnetId)
        case "default": [isDefault?.description]
        case "entry.cidr": entries.map(\.cidrBlock)
        case "entry.egress": entries.map { $0.egress?.description }
        case "entry.icmp.code": entries.map { $0.icmpTypeCode?.code?.description }
        case "entry.icmp.type": entries.map { $0.icmpTypeCode?.type?.description }
        case "entry.ipv6-cidr": entries.map(\.ipv6CidrBlock)
        case "entry.port-range.from": entries.map { $0.portRange?.from?.description }
        case "entry.port-range.to": entries.map { $0.portRange?.to?.description }
        case "entry.protocol": entries.map(\.protocol)
        case "entry.rule-action": entries.map { $0.ruleAction?.rawValue }
        case "entry.rule-number": entries.map { $0.ruleNumber?.description }
        case "network-acl-id": [networkAclId]
        case "owner-id": [ownerId]
        case "vpc-id": [vpcId]
        default: tags.values(forFilter: filter)
        }
    }
}
