import CloudAPI

extension EC2.Subnet {
    init(_ id: SubnetID, in cloud: borrowing Cloud) {
        let subnet = cloud.network.subnets[id]
        let text = cloud.ec2ID(id)
        self.init(
            availabilityZoneId: Region(subnet.place.region).zone(named: subnet.zone)?.id,
            mapCustomerOwnedIpOnLaunch: false, ownerId: subnet.place.account,
            assignIpv6AddressOnCreation: false, ipv6CidrBlockAssociationSet: [],
            tags: subnet.tags.wire, subnetArn: cloud.ec2ARN(id, text), enableDns64: false,
            ipv6Native: false,
            privateDnsNameOptionsOnLaunch: EC2.PrivateDnsNameOptionsOnLaunch(
                hostnameType: .ipName, enableResourceNameDnsARecord: false,
                enableResourceNameDnsAAAARecord: false),
            blockPublicAccessStates: EC2.BlockPublicAccessStates(internetGatewayBlockMode: .off),
            subnetId: text, state: .available, vpcId: cloud.ec2ID(subnet.vpc),
            cidrBlock: subnet.block.description, availableIpAddressCount: subnet.pool.free,
            availabilityZone: subnet.zone, defaultForAz: subnet.isDefaultForZone,
            mapPublicIpOnLaunch: subnet.mapsPublicAddresses)
    }
}

extension EC2.Subnet: Filterable {
    static var blank: EC2.Subnet { EC2.Subnet() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "availability-zone", "availabilityZone": [availabilityZone]
        case "availability-zone-id", "availabilityZoneId": [availabilityZoneId]
        case "available-ip-address-count": [availableIpAddressCount?.description]
        case "cidr-block", "cidr", "cidrBlock": [cidrBlock]
        case "default-for-az", "defaultForAz": [defaultForAz?.description]
        case "enable-dns64": [enableDns64?.description]
        case "ipv6-native": [ipv6Native?.description]
        case "map-public-ip-on-launch": [mapPublicIpOnLaunch?.description]
        case "map-customer-owned-ip-on-launch": [mapCustomerOwnedIpOnLaunch?.description]
        case "owner-id": [ownerId]
        case "private-dns-name-options-on-launch.hostname-type":
            [privateDnsNameOptionsOnLaunch?.hostnameType?.rawValue]
        case "state": [state?.rawValue]
        case "subnet-arn": [subnetArn]
        case "subnet-id": [subnetId]
        case "vpc-id": [vpcId]
        case "customer-owned-ipv4-pool", "outpost-arn", "enable-lni-at-device-index",
            "ipv6-cidr-block-association.association-id",
            "ipv6-cidr-block-association.ipv6-cidr-block", "ipv6-cidr-block-association.state":
            []
        default: tags.values(forFilter: filter)
        }
    }
}
