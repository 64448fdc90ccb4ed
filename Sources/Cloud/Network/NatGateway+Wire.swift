import CloudAPI

extension EC2.NatGateway {
    init(_ id: NatGatewayID, in cloud: borrowing Cloud) {
        let gateway = cloud.network.natGateways[id]
        let hasFailed = gateway.state == .failed
        self.init(
            createTime: cloud.calendar(gateway.createdAt),
            deleteTime: gateway.deletedAt.map { cloud.calendar($0) },
            failureCode: hasFailed ? gateway.failure?.code : nil,
            failureMessage: hasFailed ? gateway.failure?.message : nil,
            natGatewayAddresses: [EC2.NatGatewayAddress(gateway, in: cloud)],
            natGatewayId: cloud.ec2ID(id),
            state: EC2.NatGatewayState(rawValue: gateway.state.rawValue),
            subnetId: cloud.ec2ID(gateway.subnet), vpcId: cloud.ec2ID(gateway.vpc),
            tags: gateway.tags.wire, connectivityType: gateway.isPublic ? .public : .private,
            availabilityMode: .zonal)
    }
}

extension EC2.NatGatewayAddress {
    /// The one address of a gateway, which a deleted or failed one shows as long as it exists.
    init(_ gateway: Network.NatGateway, in cloud: borrowing Cloud) {
        let address = gateway.address.flatMap { id in
            cloud.network.addresses.find(id).map { (id, $0) }
        }
        let status: EC2.NatGatewayAddressStatus? =
            switch gateway.state {
            case .pending: .associating
            case .available: .succeeded
            case .failed: .failed
            case .deleting: .disassociating
            case .deleted: nil
            }
        let isHolder = address?.1.interface == gateway.interface && gateway.interface != nil
        self.init(
            allocationId: address.map { cloud.ec2ID($0.0) },
            networkInterfaceId: gateway.interface.map { cloud.ec2ID($0) },
            privateIp: gateway.interface.map {
                cloud.network.interfaces[$0].address.description
            },
            publicIp: address?.1.address.description,
            associationId: isHolder ? address?.1.association.map { cloud.ec2ID($0) } : nil,
            isPrimary: true,
            failureMessage: gateway.state == .failed ? gateway.failure?.message : nil,
            status: status)
    }
}

extension EC2.NatGateway: Filterable {
    static var blank: EC2.NatGateway { EC2.NatGateway() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "nat-gateway-id": [natGatewayId]
        case "state": [state?.rawValue]
        case "subnet-id": [subnetId]
        case "vpc-id": [vpcId]
        default: tags.values(forFilter: filter)
        }
    }
}
