import Simulation

extension Network {
    public struct RouteTable: Sendable, Codable {
        public let place: Place
        public let vpc: VpcID
        public var isMain: Bool
        /// Beside the local route, which is always there.
        public var routes: [Route] = []
        /// By ascending ids; the main one among them.
        public var associations: [RouteAssociationID] = []
        public var tags: [ResourceTag] = []
    }

    public struct Route: Hashable, Sendable, Codable {
        public enum Target: Hashable, Sendable, Codable {
            case internetGateway(InternetGatewayID)
            case natGateway(NatGatewayID)
            case interface(InterfaceID)
        }
        public var destination: CIDRBlock
        public var target: Target
    }

    public struct RouteAssociation: Hashable, Sendable, Codable {
        public let table: RouteTableID
        /// `nil`: the VPC as a whole.
        public let subnet: SubnetID?
    }
}

extension Network {
    mutating func addRouteTable(to vpc: VpcID, tags: [ResourceTag] = []) -> RouteTableID {
        let id = routeTables.insert(
            RouteTable(place: vpcs[vpc].place, vpc: vpc, isMain: false, tags: tags))
        vpcs[vpc].routeTables.append(id)
        return id
    }

    /// Removes a table that is associated with nothing.
    mutating func removeRouteTable(_ id: RouteTableID) {
        let table = routeTables.remove(id)
        vpcs[table.vpc].routeTables.removeAscending(id)
        for endpoint in vpcs[table.vpc].endpoints {
            endpoints[endpoint].routeTables.removeAll { $0 == id }
        }
    }

    /// Associates a table with a subnet that has no table of its own, or (`nil`) makes it the main
    /// table of its VPC; the association that was there for it must have been removed.
    mutating func associate(_ table: RouteTableID, with subnet: SubnetID?) -> RouteAssociationID {
        let id = routeAssociations.insert(RouteAssociation(table: table, subnet: subnet))
        routeTables[table].associations.append(id)
        if let subnet {
            subnets[subnet].routeAssociation = id
        } else {
            routeTables[table].isMain = true
            vpcs[routeTables[table].vpc].mainRouteTable = table
            vpcs[routeTables[table].vpc].mainAssociation = id
        }
        return id
    }

    mutating func removeAssociation(_ id: RouteAssociationID) {
        let association = routeAssociations.remove(id)
        routeTables[association.table].associations.removeAscending(id)
        if let subnet = association.subnet {
            subnets[subnet].routeAssociation = nil
        } else {
            routeTables[association.table].isMain = false
        }
    }

    /// Whether packets that take a route are swallowed because its target is gone.
    /// Source: vpc.md section 4.
    public func isBlackhole(_ route: Route, of vpc: VpcID) -> Bool {
        switch route.target {
        case .internetGateway(let id): internetGateways.find(id)?.vpc != vpc
        case .natGateway(let id):
            switch natGateways.find(id)?.state {
            case .pending, .available: false
            case .failed, .deleting, .deleted, nil: true
            }
        case .interface(let id): !interfaces.contains(id)
        }
    }
}
