import CloudAPI

extension EC2.RouteTable {
    init(_ id: RouteTableID, in cloud: borrowing Cloud) {
        let table = cloud.network.routeTables[id]
        let local = EC2.Route(
            destinationCidrBlock: cloud.network.vpcs[table.vpc].block.description,
            gatewayId: "local", origin: .createRouteTable, state: .active)
        let associations = table.associations.sorted {
            // The main one comes first.
            let isMain = (cloud.isMain($0), cloud.isMain($1))
            return isMain.0 != isMain.1 ? isMain.0 : $0 < $1
        }
        self.init(
            associations: associations.map { EC2.RouteTableAssociation($0, in: cloud) },
            propagatingVgws: [], routeTableId: cloud.ec2ID(id),
            routes: [local] + table.routes.map { EC2.Route($0, of: table.vpc, in: cloud) }
                + cloud.endpointRoutes(of: id),
            tags: table.tags.wire, vpcId: cloud.ec2ID(table.vpc), ownerId: table.place.account)
    }
}

extension Cloud {
    /// The routes of gateway endpoints, which come and go with them.
    fileprivate func endpointRoutes(of id: RouteTableID) -> [EC2.Route] {
        network.vpcs[network.routeTables[id].vpc].endpoints.compactMap {
            let endpoint = network.endpoints[$0]
            guard endpoint.routeTables.contains(id),
                let list = PrefixList.of(endpoint.service, in: endpoint.place.region)
            else { return nil }
            return EC2.Route(
                destinationPrefixListId: list.id, gatewayId: ec2ID($0), origin: .createRoute,
                state: .active)
        }
    }

    fileprivate func isMain(_ id: RouteAssociationID) -> Bool {
        network.routeAssociations[id].subnet == nil
    }
}

extension EC2.RouteTableAssociation {
    init(_ id: RouteAssociationID, in cloud: borrowing Cloud) {
        let association = cloud.network.routeAssociations[id]
        self.init(
            main: association.subnet == nil, routeTableAssociationId: cloud.ec2ID(id),
            routeTableId: cloud.ec2ID(association.table),
            subnetId: association.subnet.map { cloud.ec2ID($0) },
            associationState: EC2.RouteTableAssociationState(state: .associated))
    }
}

extension EC2.Route {
    init(_ route: Network.Route, of vpc: VpcID, in cloud: borrowing Cloud) {
        self.init(
            destinationCidrBlock: route.destination.description, origin: .createRoute,
            state: cloud.network.isBlackhole(route, of: vpc) ? .blackhole : .active)
        switch route.target {
        case .internetGateway(let id): gatewayId = cloud.ec2ID(id)
        case .natGateway(let id): natGatewayId = cloud.ec2ID(id)
        case .interface(let id): networkInterfaceId = cloud.ec2ID(id)
        }
    }
}

extension EC2.RouteTable: Filterable {
    static var blank: EC2.RouteTable { EC2.RouteTable() }

    func values(of filter: String) -> [String?]? {
        let (associations, routes) = (associations ?? [], routes ?? [])
        return switch filter {
        case "association.gateway-id": associations.map(\.gatewayId)
        case "association.main": associations.map { $0.main?.description }
        case "association.route-table-association-id": associations.map(\.routeTableAssociationId)
        case "association.route-table-id": associations.map(\.routeTableId)
        // Explicit associations only: a subnet that uses the main table matches none.
        case "association.subnet-id": associations.map(\.subnetId)
        case "owner-id": [ownerId]
        case "route-table-id": [routeTableId]
        case "route.destination-cidr-block": routes.map(\.destinationCidrBlock)
        case "route.destination-ipv6-cidr-block": routes.map(\.destinationIpv6CidrBlock)
        case "route.destination-prefix-list-id": routes.map(\.destinationPrefixListId)
        case "route.egress-only-internet-gateway-id": routes.map(\.egressOnlyInternetGatewayId)
        case "route.gateway-id": routes.map(\.gatewayId)
        case "route.instance-id": routes.map(\.instanceId)
        case "route.nat-gateway-id": routes.map(\.natGatewayId)
        case "route.network-interface-id": routes.map(\.networkInterfaceId)
        case "route.origin": routes.map { $0.origin?.rawValue }
        case "route.state": routes.map { $0.state?.rawValue }
        case "route.transit-gateway-id": routes.map(\.transitGatewayId)
        case "route.vpc-peering-connection-id": routes.map(\.vpcPeeringConnectionId)
        case "vpc-id": [vpcId]
        default: tags.values(forFilter: filter)
        }
    }
}
