import CloudAPI

extension EC2.Address {
    init(_ id: AddressID, in cloud: borrowing Cloud) {
        let address = cloud.network.addresses[id]
        let interface = address.interface.map { cloud.network.interfaces[$0] }
        self.init(
            allocationId: cloud.ec2ID(id),
            associationId: address.association.map { cloud.ec2ID($0) }, domain: .vpc,
            networkInterfaceId: address.interface.map { cloud.ec2ID($0) },
            networkInterfaceOwnerId: interface?.place.account,
            privateIpAddress: interface?.address.description, tags: address.tags.wire,
            publicIpv4Pool: "amazon", networkBorderGroup: address.place.region,
            publicIp: address.address.description)
    }
}

extension EC2.Address: Filterable {
    static var blank: EC2.Address { EC2.Address() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "allocation-id": [allocationId]
        case "association-id": [associationId]
        case "domain": [domain?.rawValue]
        case "instance-id": [instanceId]
        case "network-border-group": [networkBorderGroup]
        case "network-interface-id": [networkInterfaceId]
        case "network-interface-owner-id": [networkInterfaceOwnerId]
        case "private-ip-address": [privateIpAddress]
        case "public-ip": [publicIp]
        default: tags.values(forFilter: filter)
        }
    }
}
