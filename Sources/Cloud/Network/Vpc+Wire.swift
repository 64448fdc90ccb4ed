import CloudAPI

extension EC2.Vpc {
    init(_ id: VpcID, in cloud: borrowing Cloud) {
        let vpc = cloud.network.vpcs[id]
        self.init(
            ownerId: vpc.place.account, instanceTenancy: EC2.Tenancy(rawValue: vpc.tenancy),
            ipv6CidrBlockAssociationSet: [],
            cidrBlockAssociationSet: [
                EC2.VpcCidrBlockAssociation(
                    associationId: cloud.naming.ec2ID("vpc-cidr-assoc", id, .cidrAssociation),
                    cidrBlock: vpc.block.description,
                    cidrBlockState: EC2.VpcCidrBlockState(state: .associated))
            ],
            isDefault: vpc.isDefault, tags: vpc.tags.wire,
            blockPublicAccessStates: EC2.BlockPublicAccessStates(internetGatewayBlockMode: .off),
            vpcId: cloud.ec2ID(id), state: .available, cidrBlock: vpc.block.description,
            dhcpOptionsId: vpc.place.dhcpOptionsID(cloud.naming))
    }
}

extension EC2.Vpc: Filterable {
    static var blank: EC2.Vpc { EC2.Vpc() }

    func values(of filter: String) -> [String?]? {
        let blocks = cidrBlockAssociationSet ?? []
        return switch filter {
        case "cidr", "cidrBlock", "cidr-block": [cidrBlock]
        case "cidr-block-association.association-id": blocks.map(\.associationId)
        case "cidr-block-association.cidr-block": blocks.map(\.cidrBlock)
        case "cidr-block-association.state": blocks.map { $0.cidrBlockState?.state?.rawValue }
        case "ipv6-cidr-block-association.association-id",
            "ipv6-cidr-block-association.ipv6-cidr-block",
            "ipv6-cidr-block-association.ipv6-pool", "ipv6-cidr-block-association.state":
            []
        case "dhcp-options-id", "dhcpOptionsId": [dhcpOptionsId]
        // Scripts use both spellings; script-usage.md section 2.2.
        case "is-default", "isDefault": [isDefault?.description]
        case "owner-id": [ownerId]
        case "state": [state?.rawValue]
        case "vpc-id": [vpcId]
        default: tags.values(forFilter: filter)
        }
    }
}
