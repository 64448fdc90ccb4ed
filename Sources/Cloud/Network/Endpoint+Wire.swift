import CloudAPI

extension EndpointID: EC2Resource {
    static var prefix: String { "vpce" }
    static var kind: Naming.Kind { .endpoint }
    static var resourceType: EC2.ResourceType { .vpcEndpoint }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.endpoints[self].tags }
    func place(in network: Network) -> Place? {
        network.endpoints.contains(self) ? network.endpoints[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [EndpointID] {
        network.parts(of: place, \.endpoints)
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound(
            "InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '\(text)' does not exist")
    }
}

extension Network.Endpoint {
    var serviceFacts: Network.EndpointService {
        Network.EndpointService.all.first { $0.name == service }!
    }

    /// What every endpoint allows that has no policy of its own. Observed; vpc.md section 4.
    static let openPolicy =
        #"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","#
        + #""Resource":"*"}]}"#
}

extension EC2.VpcEndpoint {
    init(_ id: EndpointID, in cloud: borrowing Cloud) {
        let endpoint = cloud.network.endpoints[id]
        let interfaces = endpoint.interfaces.map { cloud.network.interfaces[$0] }
        let isInterface = endpoint.kind == .interface
        self.init(
            vpcEndpointId: cloud.ec2ID(id), vpcEndpointType: isInterface ? .interface : .gateway,
            vpcId: cloud.ec2ID(endpoint.vpc),
            serviceName: endpoint.serviceFacts.fullName(endpoint.place.region),
            // In lower case, whatever the model's enum says; vpc.md section 4.
            state: EC2.State(rawValue: endpoint.state.rawValue),
            policyDocument: endpoint.policy ?? Network.Endpoint.openPolicy,
            routeTableIds: endpoint.routeTables.map { cloud.ec2ID($0) },
            subnetIds: interfaces.map { cloud.ec2ID($0.subnet) },
            groups: endpoint.securityGroups.map {
                EC2.SecurityGroupIdentifier(
                    groupId: cloud.ec2ID($0),
                    groupName: cloud.network.securityGroups.find($0)?.name)
            },
            ipAddressType: isInterface ? .ipv4 : nil,
            dnsOptions: isInterface ? EC2.DnsOptions(dnsRecordIpType: .ipv4) : nil,
            privateDnsEnabled: endpoint.hasPrivateDNS, requesterManaged: false,
            networkInterfaceIds: endpoint.interfaces.map { cloud.ec2ID($0) },
            dnsEntries: isInterface ? [EC2.DnsEntry](id, in: cloud) : [],
            creationTimestamp: cloud.calendar(endpoint.createdAt), tags: endpoint.tags.wire,
            ownerId: endpoint.place.account, serviceRegion: endpoint.place.region)
    }
}

extension [EC2.DnsEntry] {
    /// The endpoint's own name, one for each zone, then the service's name if it leads here.
    fileprivate init(_ id: EndpointID, in cloud: borrowing Cloud) {
        let endpoint = cloud.network.endpoints[id]
        let region = endpoint.place.region
        let own = "\(cloud.ec2ID(id))-\(cloud.naming.hex16(id, .endpoint).prefix(8))"
        let domain = "\(endpoint.service).\(region).vpce.amazonaws.com"
        let zones = endpoint.interfaces.map {
            cloud.network.subnets[cloud.network.interfaces[$0].subnet].zone
        }
        self = ([own] + zones.map { "\(own)-\($0)" }).map {
            EC2.DnsEntry(dnsName: "\($0).\(domain)", hostedZoneId: "Z7HUB22UULQXV")
        }
        guard endpoint.hasPrivateDNS else { return }
        append(EC2.DnsEntry(dnsName: endpoint.serviceFacts.privateName(region)))
    }
}

extension EC2.VpcEndpoint: Filterable {
    static var blank: EC2.VpcEndpoint { EC2.VpcEndpoint() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "ip-address-type": [ipAddressType?.rawValue]
        case "service-name": [serviceName]
        case "service-region": [serviceRegion]
        case "vpc-endpoint-id": [vpcEndpointId]
        case "vpc-endpoint-state": [state?.rawValue]
        case "vpc-endpoint-type": [vpcEndpointType?.rawValue]
        case "vpc-id": [vpcId]
        default: tags.values(forFilter: filter)
        }
    }
}

extension EC2.ServiceDetail {
    init(_ service: Network.EndpointService, in place: Place) {
        let zones = Region(place.region).zones
        let isInterface = service.kinds.contains(.interface)
        let name = service.privateName(place.region)
        self.init(
            serviceName: service.fullName(place.region),
            serviceType: service.kinds.map {
                EC2.ServiceTypeDetail(serviceType: $0 == .gateway ? .gateway : .interface)
            },
            serviceRegion: place.region, availabilityZoneIds: zones.map(\.id),
            availabilityZones: zones.map(\.name), owner: "amazon",
            baseEndpointDnsNames: [
                isInterface
                    ? "\(service.name).\(place.region).vpce.amazonaws.com"
                    : "\(service.name).\(place.region).amazonaws.com"
            ],
            privateDnsName: isInterface ? name : nil,
            privateDnsNames: isInterface ? [EC2.PrivateDnsDetails(privateDnsName: name)] : nil,
            vpcEndpointPolicySupported: true, acceptanceRequired: false,
            managesVpcEndpoints: false, tags: [], supportedIpAddressTypes: [.ipv4])
    }
}

extension EC2.ServiceDetail: Filterable {
    static var blank: EC2.ServiceDetail { EC2.ServiceDetail() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "owner": [owner]
        case "service-name": [serviceName]
        case "service-region": [serviceRegion]
        case "service-type": (serviceType ?? []).map { $0.serviceType?.rawValue }
        case "supported-ip-address-types": (supportedIpAddressTypes ?? []).map(\.rawValue)
        default: tags.values(forFilter: filter)
        }
    }
}

extension EC2.PrefixList: Filterable {
    static var blank: EC2.PrefixList { EC2.PrefixList() }

    init(_ list: PrefixList, in region: String) {
        self.init(
            cidrs: list.blocks.map(\.description), prefixListId: list.id,
            prefixListName: "com.amazonaws.\(region).\(list.service)")
    }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "prefix-list-id": [prefixListId]
        case "prefix-list-name": [prefixListName]
        default: nil
        }
    }
}

extension EC2.ManagedPrefixList: Filterable {
    static var blank: EC2.ManagedPrefixList { EC2.ManagedPrefixList() }

    init(_ list: PrefixList, in region: String) {
        self.init(
            prefixListId: list.id, addressFamily: "IPv4", state: .createComplete,
            prefixListArn: "arn:aws:ec2:\(region):aws:prefix-list/\(list.id)",
            prefixListName: "com.amazonaws.\(region).\(list.service)", tags: [], ownerId: "AWS")
    }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "owner-id": [ownerId]
        case "prefix-list-id": [prefixListId]
        case "prefix-list-name": [prefixListName]
        default: tags.values(forFilter: filter)
        }
    }
}
