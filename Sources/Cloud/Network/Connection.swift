import Simulation

extension Network {
    /// Where a connection begins.
    public enum Origin: Hashable, Sendable {
        /// Somewhere on the internet: 203.0.113.1, of a block that RFC 5737 keeps for examples.
        case internet
        case interface(InterfaceID)
    }

    /// What comes of an attempt to connect.
    public enum Connection: Hashable, Sendable {
        case accepted(by: InterfaceID, Listener)
        /// The interface is there and nobody listens on the port: the client gets a reset.
        case refused(by: InterfaceID)
        /// Something on the way swallows the packets: the client waits until it gives up.
        case dropped(by: Blocker)
    }

    /// What stops packets without a word. Source: vpc.md section 9.
    public enum Blocker: Hashable, Sendable {
        /// No rule of the interface's groups lets the connection out.
        case deniedOutbound(by: [SecurityGroupID])
        /// No rule of the interface's groups lets the connection in.
        case deniedInbound(by: [SecurityGroupID])
        case noRoute(from: SubnetID)
        /// The route's target is gone.
        case blackhole(RouteTableID)
        /// An internet gateway passes on only what has a public address.
        case noPublicAddress(InterfaceID)
        case noInternetGateway(VpcID)
        /// The NAT gateway is not available, or has itself no way out.
        case natGateway(NatGatewayID)
        /// Nobody has the address.
        case noSuchAddress
        /// No network path leads from one VPC to the other.
        case differentNetworks
    }

    public static let internetClient = IPv4Address("203.0.113.1")!

    /// Tries to open a TCP connection to an interface.
    ///
    /// Walks what a packet walks: the groups and the route at its source, gateways, the groups at
    /// its destination, the port. Answers find their way back (groups are stateful). The first
    /// thing that stops the packet is the answer.
    public func connect(from origin: Origin, to target: InterfaceID, port: Int) -> Connection {
        guard let interface = interfaces.find(target) else { return .dropped(by: .noSuchAddress) }
        let source: IPv4Address
        var sourceGroups: [SecurityGroupID] = []
        switch origin {
        case .internet:
            source = Self.internetClient
            if let blocker = blockerFromInternet(to: interface, target) {
                return .dropped(by: blocker)
            }
        case .interface(let id):
            guard let from = interfaces.find(id) else { return .dropped(by: .noSuchAddress) }
            guard from.vpc == interface.vpc else { return .dropped(by: .differentNetworks) }
            (source, sourceGroups) = (from.address, from.securityGroups)
            // A NAT gateway has no groups, and a node of a load balancer has its own.
            if from.kind != .natGateway,
                !allows(
                    from.securityGroups, egress: true, port: port, peer: interface.address,
                    peerGroups: interface.securityGroups)
            {
                return .dropped(by: .deniedOutbound(by: from.securityGroups))
            }
        }
        guard
            allows(
                interface.securityGroups, egress: false, port: port, peer: source,
                peerGroups: sourceGroups)
        else { return .dropped(by: .deniedInbound(by: interface.securityGroups)) }
        for listener in interface.listeners where listener.port == port {
            return .accepted(by: target, listener)
        }
        return .refused(by: target)
    }

    /// The same by address, for whoever does not know whose it is.
    public func connect(from origin: Origin, to address: IPv4Address, in vpc: VpcID, port: Int)
        -> Connection
    {
        guard let target = interface(at: address, in: vpc) else {
            return .dropped(by: .noSuchAddress)
        }
        return connect(from: origin, to: target, port: port)
    }

    private func blockerFromInternet(to interface: Interface, _ id: InterfaceID) -> Blocker? {
        guard let gateway = vpcs[interface.vpc].internetGateway else {
            return .noInternetGateway(interface.vpc)
        }
        guard interface.publicAddress != nil || interface.elasticAddress != nil else {
            return .noPublicAddress(id)
        }
        // The way back: a subnet without a route to the gateway is private.
        guard
            case .internetGateway(gateway)? = route(from: interface.subnet, to: Self.internetClient)
        else { return .noRoute(from: interface.subnet) }
        return nil
    }

    /// Whether an interface gets out to a host on the internet, such as a registry.
    ///
    /// - Returns: What stops it; `nil` if nothing does.
    public func blockerToInternet(
        from id: InterfaceID, to address: IPv4Address = internetClient, port: Int
    ) -> Blocker? {
        let interface = interfaces[id]
        guard
            interface.kind == .natGateway
                || allows(
                    interface.securityGroups, egress: true, port: port, peer: address,
                    peerGroups: [])
        else { return .deniedOutbound(by: interface.securityGroups) }
        switch route(from: interface.subnet, to: address) {
        case nil: return .noRoute(from: interface.subnet)
        case .internetGateway(let gateway):
            guard internetGateways.find(gateway)?.vpc == interface.vpc else {
                return .blackhole(routeTable(of: interface.subnet))
            }
            let hasAddress = interface.publicAddress != nil || interface.elasticAddress != nil
            return hasAddress ? nil : .noPublicAddress(id)
        case .natGateway(let gateway):
            guard let nat = natGateways.find(gateway), nat.state == .available,
                let inside = nat.interface
            else {
                let isGone = natGateways.find(gateway).map { $0.state == .deleted } ?? true
                return isGone ? .blackhole(routeTable(of: interface.subnet)) : .natGateway(gateway)
            }
            // A NAT gateway in a private subnet leads in a circle: only its own way out counts.
            guard case .internetGateway? = route(from: nat.subnet, to: address),
                blockerToInternet(from: inside, to: address, port: port) == nil
            else { return .natGateway(gateway) }
            return nil
        case .interface:
            return .blackhole(routeTable(of: interface.subnet))
        }
    }

    public func routeTable(of subnet: SubnetID) -> RouteTableID {
        subnets[subnet].routeAssociation.map { routeAssociations[$0].table }
            ?? vpcs[subnets[subnet].vpc].mainRouteTable
    }

    /// The route that a packet takes from a subnet to an address outside of its VPC: the one with
    /// the longest prefix.
    func route(from subnet: SubnetID, to address: IPv4Address) -> Route.Target? {
        var best: Route?
        for route in routeTables[routeTable(of: subnet)].routes
        where route.destination.contains(address) {
            if best.map({ route.destination.prefix > $0.destination.prefix }) ?? true {
                best = route
            }
        }
        return best?.target
    }

    /// Public by its route, which is all that makes a subnet public.
    public func isPublic(_ subnet: SubnetID) -> Bool {
        if case .internetGateway? = route(from: subnet, to: Self.internetClient) { return true }
        return false
    }
}
