import CloudAPI

extension EC2.NetworkInterface {
    /// Source: vpc.md section 7, of a task's interface; the others alike.
    init(_ id: InterfaceID, in cloud: Cloud) {
        let interface = cloud.network.interfaces[id]
        let (place, vpc) = (interface.place, cloud.network.vpcs[interface.vpc])
        let subnet = cloud.network.subnets[interface.subnet]
        let hasNames = vpc.hasDNSSupport && vpc.hasDNSHostnames
        let name = hasNames ? Region(place.region).privateName(of: interface.address) : nil
        let association = EC2.NetworkInterfaceAssociation(interface, hasNames, in: cloud)
        let isManaged = interface.kind != .user
        let type: EC2.NetworkInterfaceType =
            switch interface.kind {
            case .natGateway: .natGateway
            case .endpoint: .vpcEndpoint
            // Those of an application load balancer are plain interfaces.
            case .loadBalancer where interface.description.hasPrefix("ELB net/"):
                .networkLoadBalancer
            case .user, .task, .loadBalancer: .interface
            }
        self.init(
            association: association,
            attachment: isManaged ? EC2.NetworkInterfaceAttachment(id, in: cloud) : nil,
            availabilityZone: subnet.zone, description: interface.description,
            groups: interface.securityGroups.map {
                EC2.GroupIdentifier(
                    groupId: cloud.ec2ID($0),
                    groupName: cloud.network.securityGroups.find($0)?.name)
            },
            interfaceType: type, ipv6Addresses: [],
            macAddress: cloud.naming.macAddress(id), networkInterfaceId: cloud.ec2ID(id),
            ownerId: place.account, privateDnsName: name,
            privateIpAddress: interface.address.description,
            privateIpAddresses: [
                EC2.NetworkInterfacePrivateIpAddress(
                    association: association, primary: true, privateDnsName: name,
                    privateIpAddress: interface.address.description)
            ],
            requesterId: interface.kind.requester(place), requesterManaged: isManaged,
            sourceDestCheck: interface.kind == .natGateway
                ? false : interface.checksSourceAndDestination,
            status: isManaged ? .inUse : .available, subnetId: cloud.ec2ID(interface.subnet),
            tagSet: interface.tags.wire, vpcId: cloud.ec2ID(interface.vpc),
            operator: EC2.OperatorResponse(managed: false),
            availabilityZoneId: Region(place.region).zone(named: subnet.zone)?.id)
        publicDnsName = association?.publicDnsName
    }
}

extension Network.Interface.Kind {
    /// On whose behalf it was made. Assumed: AWS shows an account of the service.
    fileprivate func requester(_ place: Place) -> String? {
        switch self {
        case .user: nil
        case .task: Network.fargateAccount
        case .loadBalancer: "amazon-elb"
        case .natGateway, .endpoint: place.account
        }
    }
}

extension Network {
    /// The account that stands for Fargate's own. Assumed.
    static let fargateAccount = "111122223333"
}

extension EC2.NetworkInterfaceAssociation {
    /// `nil` for an interface without a public address.
    init?(_ interface: Network.Interface, _ hasNames: Bool, in cloud: Cloud) {
        let elastic = interface.elasticAddress.map { cloud.network.addresses[$0] }
        guard let address = elastic?.address ?? interface.publicAddress else { return nil }
        self.init(
            allocationId: interface.elasticAddress.map { cloud.ec2ID($0) },
            associationId: elastic?.association.map { cloud.ec2ID($0) },
            ipOwnerId: elastic?.place.account ?? "amazon",
            publicDnsName: hasNames
                ? Region(interface.place.region).publicName(of: address) : nil,
            publicIp: address.description)
    }
}

extension EC2.NetworkInterfaceAttachment {
    /// Of an interface that a service of AWS manages.
    init(_ id: InterfaceID, in cloud: borrowing Cloud) {
        let interface = cloud.network.interfaces[id]
        self.init(
            attachTime: cloud.calendar(interface.createdAt),
            attachmentId: cloud.naming.ec2ID("ela-attach", id, .interfaceAttachment),
            deleteOnTermination: false, deviceIndex: 1, networkCardIndex: 0,
            instanceOwnerId: interface.kind == .task ? Network.fargateAccount : "amazon-aws",
            status: .attached)
    }
}

extension EC2.NetworkInterface: Filterable {
    static var blank: EC2.NetworkInterface { EC2.NetworkInterface() }

    func values(of filter: String) -> [String?]? {
        attachmentValues(of: filter) ?? addressValues(of: filter) ?? ownValues(of: filter)
    }

    private func attachmentValues(of filter: String) -> [String?]? {
        switch filter {
        case "attachment.attach-time": [attachment?.attachTime?.iso8601]
        case "attachment.attachment-id": [attachment?.attachmentId]
        case "attachment.delete-on-termination": [attachment?.deleteOnTermination?.description]
        case "attachment.device-index": [attachment?.deviceIndex?.description]
        case "attachment.instance-id": [attachment?.instanceId]
        case "attachment.instance-owner-id": [attachment?.instanceOwnerId]
        case "attachment.nat-gateway-id":
            // AWS keeps it beside the attachment; the description has it too.
            [interfaceType == .natGateway ? description.map { String($0.suffix(21)) } : nil]
        case "attachment.status": [attachment?.status?.rawValue]
        default: nil
        }
    }

    private func addressValues(of filter: String) -> [String?]? {
        switch filter {
        case "addresses.association.owner-id", "association.ip-owner-id":
            [association?.ipOwnerId]
        case "addresses.association.public-ip", "association.public-ip": [association?.publicIp]
        case "addresses.primary": (privateIpAddresses ?? []).map { $0.primary?.description }
        case "addresses.private-ip-address", "private-ip-address": [privateIpAddress]
        case "association.allocation-id": [association?.allocationId]
        case "association.association-id": [association?.associationId]
        case "association.public-dns-name": [association?.publicDnsName]
        case "ipv6-addresses.ipv6-address": []
        case "private-dns-name": [privateDnsName]
        default: nil
        }
    }

    private func ownValues(of filter: String) -> [String?]? {
        switch filter {
        case "availability-zone": [availabilityZone]
        case "availability-zone-id": [availabilityZoneId]
        case "description": [description]
        case "group-id": (groups ?? []).map(\.groupId)
        case "group-name": (groups ?? []).map(\.groupName)
        case "interface-type": [interfaceType?.rawValue]
        case "mac-address": [macAddress]
        case "network-interface-id": [networkInterfaceId]
        case "operator.managed": [`operator`?.managed?.description]
        case "operator.principal": [`operator`?.principal]
        case "owner-id": [ownerId]
        case "requester-id": [requesterId]
        case "requester-managed": [requesterManaged?.description]
        case "source-dest-check": [sourceDestCheck?.description]
        case "status": [status?.rawValue]
        case "subnet-id": [subnetId]
        case "vpc-id": [vpcId]
        default: tagSet.values(forFilter: filter)
        }
    }
}
