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
        /// A network ACL lets the connection, or its answers, not over the border of a subnet.
        case deniedByACL(NetworkACLID)
        case noRoute(from: SubnetID)
        /// The route's target is gone.
        case blackhole(RouteTableID)
        /// An internet gateway passes on only what has a public address.
        case noPublicAddress(InterfaceID)
        case noInternetGateway(VpcID)
        /// The NAT gateway is not available, or has itself no way out.
        case natGateway(NatGatewayID)
        /// The VPC's name service is turned off: no name leads anywhere.
        case noNameService(VpcID)
        /// Nobody has the address.
        case noSuchAddress
        /// No network path leads from one VPC to the other.
        case differentNetworks
    }

    public static let internetClient = IPv4Address("203.0.113.1")!

    /// Tries to open a TCP connection to an interface.
    ///
    /// Walks what a packet walks: the groups and the ACL at its source, the route and gateways, the
    /// ACL and the groups at its destination, the port. Answers find their way back through groups,
    /// which are stateful, but not through ACLs. The first thing that stops the packet is the
    /// answer. Source: vpc.md section 9.
    public func connect(from origin: Origin, to target: InterfaceID, port: Int) -> Connection {
        guard interfaces.contains(target) else { return .dropped(by: .noSuchAddress) }
        switch origin {
        case .internet:
            if let blocker = blockerFromInternet(to: interfaces[target], target, port: port) {
                return .dropped(by: blocker)
            }
            return arrive(
                at: interfaces[target], target, port: port, from: Self.internetClient, groups: [])
        case .interface(let id):
            guard interfaces.contains(id) else { return .dropped(by: .noSuchAddress) }
            guard interfaces[id].vpc == interfaces[target].vpc else {
                return .dropped(by: .differentNetworks)
            }
            if let blocker = blocker(from: interfaces[id], to: interfaces[target], port: port) {
                return .dropped(by: blocker)
            }
            return arrive(
                at: interfaces[target], target, port: port, from: interfaces[id].address,
                groups: interfaces[id].securityGroups)
        }
    }

    /// The last part of the way: the groups of the target, and whoever listens on the port.
    private func arrive(
        at interface: Interface, _ target: InterfaceID, port: Int, from source: IPv4Address,
        groups sourceGroups: [SecurityGroupID]
    ) -> Connection {
        guard
            !interface.isGuarded
                || allows(
                    interface.securityGroups, egress: false, port: port, peer: source,
                    peerGroups: sourceGroups)
        else { return .dropped(by: .deniedInbound(by: interface.securityGroups)) }
        for listener in interface.listeners where listener.port == port {
            return .accepted(by: target, listener)
        }
        return .refused(by: target)
    }

    /// The same by address, for whoever does not know whose it is.
    public func connect(
        from origin: Origin, to address: IPv4Address, in vpc: VpcID, port: Int
    ) -> Connection {
        guard let target = interface(at: address, in: vpc) else {
            return .dropped(by: .noSuchAddress)
        }
        return connect(from: origin, to: target, port: port)
    }

    /// What stops a connection within a VPC before it reaches the groups of its target. The local
    /// route leads everywhere.
    private func blocker(from source: Interface, to target: Interface, port: Int) -> Blocker? {
        if source.isGuarded,
            !allows(
                source.securityGroups, egress: true, port: port, peer: target.address,
                peerGroups: target.securityGroups)
        {
            return .deniedOutbound(by: source.securityGroups)
        }
        // ACLs stand at the borders of subnets only.
        guard source.subnet != target.subnet else { return nil }
        let replies = source.kind.clientPorts
        return blockingACL(
            at: source.subnet, outwards: true, peer: target.address, port: port, replies: replies)
            ?? blockingACL(
                at: target.subnet, outwards: false, peer: source.address, port: port,
                replies: replies)
    }

    private func blockerFromInternet(
        to interface: Interface, _ id: InterfaceID, port: Int
    ) -> Blocker? {
        guard let gateway = vpcs[interface.vpc].internetGateway else {
            return .noInternetGateway(interface.vpc)
        }
        guard interface.hasPublicAddress else { return .noPublicAddress(id) }
        // The way back: a subnet without a route to the gateway is private.
        guard
            case .internetGateway(gateway)? = route(from: interface.subnet, to: Self.internetClient)
        else { return .noRoute(from: interface.subnet) }
        return blockingACL(
            at: interface.subnet, outwards: false, peer: Self.internetClient, port: port,
            replies: Self.anyClientPorts)
    }

    /// Whether an interface gets out to a host on the internet, such as a registry.
    ///
    /// - Returns: What stops it; `nil` if nothing does.
    public func blockerToInternet(
        from id: InterfaceID, to address: IPv4Address = internetClient, port: Int
    ) -> Blocker? {
        guard interfaces.contains(id) else { return .noSuchAddress }
        return blockerToInternet(from: interfaces[id], id, to: address, port: port)
    }

    private func blockerToInternet(
        from interface: Interface, _ id: InterfaceID, to address: IPv4Address, port: Int
    ) -> Blocker? {
        if let blocker = blockerAtSource(interface, to: address, port: port) { return blocker }
        guard let route = bestRoute(from: interface.subnet, to: address) else {
            return .noRoute(from: interface.subnet)
        }
        if isBlackhole(route, of: interface.vpc) {
            return .blackhole(routeTable(of: interface.subnet))
        }
        switch route.target {
        case .internetGateway: return interface.hasPublicAddress ? nil : .noPublicAddress(id)
        case .natGateway(let gateway):
            return blocker(through: gateway, from: interface, to: address, port: port)
        case .interface: return .blackhole(routeTable(of: interface.subnet))
        }
    }

    /// What keeps a connection from leaving its subnet for a host outside of the VPC.
    func blockerAtSource(_ interface: Interface, to address: IPv4Address, port: Int) -> Blocker? {
        guard
            interface.kind == .natGateway
                || allows(
                    interface.securityGroups, egress: true, port: port, peer: address,
                    peerGroups: [])
        else { return .deniedOutbound(by: interface.securityGroups) }
        return blockingACL(
            at: interface.subnet, outwards: true, peer: address, port: port,
            replies: interface.kind.clientPorts)
    }

    /// What stops a connection on its way through a NAT gateway to the internet.
    private func blocker(
        through id: NatGatewayID, from interface: Interface, to address: IPv4Address, port: Int
    ) -> Blocker? {
        let subnet = natGateways[id].subnet
        guard natGateways[id].state == .available, let inside = natGateways[id].interface else {
            return .natGateway(id)
        }
        if subnet != interface.subnet {
            let acl = blockingACL(
                at: subnet, outwards: false, peer: interface.address, port: port,
                replies: interface.kind.clientPorts)
            if let acl { return acl }
        }
        // A NAT gateway in a private subnet leads in a circle: only its own way out counts.
        guard case .internetGateway? = route(from: subnet, to: address) else {
            return .natGateway(id)
        }
        switch blockerToInternet(from: inside, to: address, port: port) {
        case nil: return nil
        case .deniedByACL(let acl)?: return .deniedByACL(acl)
        default: return .natGateway(id)
        }
    }

    public func routeTable(of subnet: SubnetID) -> RouteTableID {
        subnets[subnet].routeAssociation.map { routeAssociations[$0].table }
            ?? vpcs[subnets[subnet].vpc].mainRouteTable
    }

    /// Where a packet goes from a subnet to an address outside of its VPC.
    func route(from subnet: SubnetID, to address: IPv4Address) -> Route.Target? {
        bestRoute(from: subnet, to: address)?.target
    }

    /// The route that it takes: the one with the longest prefix, whether it works or not.
    private func bestRoute(from subnet: SubnetID, to address: IPv4Address) -> Route? {
        var best: Route?
        for route in routeTables[routeTable(of: subnet)].routes
        where route.destination.contains(address) {
            if best.map({ route.destination.prefix > $0.destination.prefix }) ?? true {
                best = route
            }
        }
        return best
    }

    /// Public by its route, which is all that makes a subnet public.
    public func isPublic(_ subnet: SubnetID) -> Bool {
        if case .internetGateway? = route(from: subnet, to: Self.internetClient) { return true }
        return false
    }
}
