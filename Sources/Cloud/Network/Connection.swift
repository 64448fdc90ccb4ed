import Simulation

extension Network {
    /// Where a connection begins.
    public enum Origin: Hashable, Sendable, Codable {
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
            if let blocker = blockerFromInternet(to: target, port: port) {
                return .dropped(by: blocker)
            }
            return arrive(at: target, port: port, from: Self.internetClient, groups: [])
        case .interface(let id):
            guard interfaces.contains(id) else { return .dropped(by: .noSuchAddress) }
            guard interfaces[id].vpc == interfaces[target].vpc else {
                return .dropped(by: .differentNetworks)
            }
            if let blocker = blocker(from: id, to: target, port: port) {
                return .dropped(by: blocker)
            }
            return arrive(
                at: target, port: port, from: interfaces[id].address,
                groups: interfaces[id].securityGroups)
        }
    }

    /// The same through a node of a load balancer that leaves the client's address as it is: the
    /// target's groups and the ACL at its subnet see the client, and a rule for the node's groups
    /// lets its connections in too. Source: elbv2.md sections 5 and 12.
    public func connect(
        from client: Origin, through node: InterfaceID, to target: InterfaceID, port: Int
    ) -> Connection {
        guard interfaces.contains(node), interfaces.contains(target) else {
            return .dropped(by: .noSuchAddress)
        }
        guard interfaces[node].vpc == interfaces[target].vpc else {
            return .dropped(by: .differentNetworks)
        }
        guard letsOut(of: node, to: target, port: port) else {
            return .dropped(by: .deniedOutbound(by: interfaces[node].securityGroups))
        }
        var (source, groups) = (Self.internetClient, interfaces[node].securityGroups)
        if case .interface(let id) = client {
            guard interfaces.contains(id) else { return .dropped(by: .noSuchAddress) }
            source = interfaces[id].address
            groups += interfaces[id].securityGroups
        }
        let acl = blockingACL(
            at: interfaces[target].subnet, outwards: false, peer: source, port: port,
            replies: Self.anyClientPorts)
        if let acl { return .dropped(by: acl) }
        return arrive(at: target, port: port, from: source, groups: groups)
    }

    /// The last part of the way: the groups of the target, and whoever listens on the port.
    private func arrive(
        at target: InterfaceID, port: Int, from source: IPv4Address,
        groups sourceGroups: [SecurityGroupID]
    ) -> Connection {
        guard lets(in: target, port: port, from: source, groups: sourceGroups) else {
            return .dropped(by: .deniedInbound(by: interfaces[target].securityGroups))
        }
        for listener in interfaces[target].listeners where listener.port == port {
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
    private func blocker(
        from source: InterfaceID, to target: InterfaceID, port: Int
    ) -> Blocker? {
        guard letsOut(of: source, to: target, port: port) else {
            return .deniedOutbound(by: interfaces[source].securityGroups)
        }
        return blockingACL(from: source, to: target, port: port)
    }

    /// Whether the groups of an interface let a connection in as their rules are now.
    func lets(
        in target: InterfaceID, port: Int, from source: IPv4Address, groups: [SecurityGroupID]
    ) -> Bool {
        !isGuarded(target)
            || allows(
                interfaces[target].securityGroups, egress: false, port: port, peer: source,
                peerGroups: groups)
    }

    /// Whether the groups of an interface let a connection out to another one.
    func letsOut(of source: InterfaceID, to target: InterfaceID, port: Int) -> Bool {
        !isGuarded(source)
            || allows(
                interfaces[source].securityGroups, egress: true, port: port,
                peer: interfaces[target].address,
                peerGroups: interfaces[target].securityGroups)
    }

    /// What the ACLs between two interfaces stop of a connection, or of its answers.
    func blockingACL(from source: InterfaceID, to target: InterfaceID, port: Int) -> Blocker? {
        let (here, there) = (interfaces[source].address, interfaces[target].address)
        // ACLs stand at the borders of subnets only.
        let (from, to) = (interfaces[source].subnet, interfaces[target].subnet)
        guard from != to else { return nil }
        let replies = interfaces[source].kind.clientPorts
        return blockingACL(at: from, outwards: true, peer: there, port: port, replies: replies)
            ?? blockingACL(at: to, outwards: false, peer: here, port: port, replies: replies)
    }

    func blockerFromInternet(to id: InterfaceID, port: Int) -> Blocker? {
        let (vpc, subnet) = (interfaces[id].vpc, interfaces[id].subnet)
        guard let gateway = vpcs[vpc].internetGateway else { return .noInternetGateway(vpc) }
        guard hasPublicAddress(id) else { return .noPublicAddress(id) }
        // The way back: a subnet without a route to the gateway is private.
        guard case .internetGateway(gateway)? = route(from: subnet, to: Self.internetClient)
        else { return .noRoute(from: subnet) }
        return blockingACL(
            at: subnet, outwards: false, peer: Self.internetClient, port: port,
            replies: Self.anyClientPorts)
    }

    /// Whether an interface gets out to a host on the internet, such as a registry.
    ///
    /// - Returns: What stops it; `nil` if nothing does.
    public func blockerToInternet(
        from id: InterfaceID, to address: IPv4Address = internetClient, port: Int
    ) -> Blocker? {
        guard interfaces.contains(id) else { return .noSuchAddress }
        let subnet = interfaces[id].subnet
        if let blocker = blockerAtSource(id, to: address, port: port) { return blocker }
        guard let route = bestRoute(from: subnet, to: address) else {
            return .noRoute(from: subnet)
        }
        if isBlackhole(route, of: interfaces[id].vpc) { return .blackhole(routeTable(of: subnet)) }
        switch route.target {
        case .internetGateway: return hasPublicAddress(id) ? nil : .noPublicAddress(id)
        case .natGateway(let gateway):
            return blocker(through: gateway, from: id, to: address, port: port)
        case .interface: return .blackhole(routeTable(of: subnet))
        }
    }

    /// What keeps a connection from leaving its subnet for a host outside of the VPC.
    func blockerAtSource(_ id: InterfaceID, to address: IPv4Address, port: Int) -> Blocker? {
        guard
            interfaces[id].kind == .natGateway
                || allows(
                    interfaces[id].securityGroups, egress: true, port: port, peer: address,
                    peerGroups: [])
        else { return .deniedOutbound(by: interfaces[id].securityGroups) }
        return blockingACL(
            at: interfaces[id].subnet, outwards: true, peer: address, port: port,
            replies: interfaces[id].kind.clientPorts)
    }

    /// What stops a connection on its way through a NAT gateway to the internet.
    private func blocker(
        through id: NatGatewayID, from source: InterfaceID, to address: IPv4Address, port: Int
    ) -> Blocker? {
        let subnet = natGateways[id].subnet
        guard natGateways[id].state == .available, let inside = natGateways[id].interface else {
            return .natGateway(id)
        }
        if subnet != interfaces[source].subnet {
            let acl = blockingACL(
                at: subnet, outwards: false, peer: interfaces[source].address, port: port,
                replies: interfaces[source].kind.clientPorts)
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
