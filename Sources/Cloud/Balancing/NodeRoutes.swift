import Simulation

extension Balancing {
    /// What one node of a load balancer does with new requests at an instant.
    public struct NodeRoutes: Hashable, Sendable, Codable {
        /// One for each target the node chooses from in turn, or one that holds for all requests.
        /// The probabilities add up to 1.
        public var shares: [Share]
        /// Whether a client that keeps cookies stays with the target that it met first.
        public var isSticky = false
        /// Whether a connection that a client keeps stays with its target: a network load balancer
        /// passes on connections, not requests.
        public var holdsConnections = false
        /// Whether cookies keep clients with a target group; `nil`: they do not.
        public var stickyGroups: StickyGroups?
    }

    /// How an action keeps clients with one of its target groups.
    public struct StickyGroups: Hashable, Sendable, Codable {
        /// How long the cookie leads there, from the last answer on.
        public var duration: Duration
        /// For each of the node's shares, the group that it belongs to.
        public var groups: [TargetGroupID] = []
    }
}

extension Cloud {
    /// What each node of a listener's load balancer does with a new request.
    /// ``answers(to:at:request:)`` is the same over all nodes.
    ///
    /// Looks, draws nothing, changes nothing.
    public func routes(
        to origin: Network.Origin, at listener: ListenerID,
        request: Balancing.Request = Balancing.Request()
    ) -> [Balancing.NodeRoutes] {
        guard balancing.listeners.contains(listener) else { return [.unreachable] }
        let id = balancing.listeners[listener].loadBalancer
        guard balancing.loadBalancers[id].state == .active,
            !balancing.loadBalancers[id].nodes.isEmpty
        else { return [.unreachable] }
        let port = balancing.listeners[listener].port
        let action = action(for: request, of: origin, at: listener)
        let isNetwork = balancing.loadBalancers[id].kind == .network
        let nodes = balancing.loadBalancers[id].nodes.indices.filter {
            balancing.loadBalancers[id].nodes[$0].isInDNS
        }
        return nodes.map { node in
            let interface = balancing.loadBalancers[id].nodes[node].interface
            // A node listens on every port that the load balancer has a listener for.
            guard case .accepted = network.connect(from: origin, to: interface, port: port)
            else { return .unreachable }
            var routes = routes(of: action, at: node, interface, for: origin)
            if isNetwork { routes.passOnConnections() }
            return routes
        }
    }

    /// Whether the answers to requests at a listener may depend on who listens at an address.
    public func answers(at listener: ListenerID, dependOn address: NetworkAddress) -> Bool {
        if balancing.targetsByAddress[address] != nil { return true }
        guard balancing.listeners.contains(listener),
            let interface = network.interface(at: address.address, in: address.vpc)
        else { return false }
        let loadBalancer = balancing.listeners[listener].loadBalancer
        return balancing.loadBalancers[loadBalancer].nodes.contains { $0.interface == interface }
    }

    private func action(
        for request: Balancing.Request, of origin: Network.Origin, at listener: ListenerID
    ) -> Balancing.Action? {
        guard !balancing.listeners[listener].rules.isEmpty else {
            return balancing.listeners[listener].actions.last
        }
        var request = request
        if case .interface(let id) = origin, network.interfaces.contains(id) {
            request.source = network.interfaces[id].address
        }
        return balancing.actions(for: request, at: listener).last
    }

    private func routes(
        of action: Balancing.Action?, at node: Int, _ interface: InterfaceID,
        for origin: Network.Origin
    ) -> Balancing.NodeRoutes {
        func always(_ status: Int) -> Balancing.NodeRoutes {
            .init(shares: [.init(reply: .byLoadBalancer(status: status), probability: 1)])
        }
        switch action {
        case .fixedResponse(let status, _, _)?: return always(status)
        case .redirect(let redirect)?: return always(redirect.status == "HTTP_301" ? 301 : 302)
        case .forward(let forward)?:
            let total = forward.groups.reduce(0) { $0 + $1.weight }
            if total == 0 { return always(503) }
            var routes = Balancing.NodeRoutes(shares: [])
            if forward.groups.count > 1, let seconds = forward.stickiness {
                routes.stickyGroups = .init(duration: .seconds(seconds))
            }
            // A group that has nobody to answer keeps its share: elbv2.md section 4.
            // One that weighs nothing gets nobody new, and keeps whom a cookie leads there.
            for share in forward.groups where share.weight > 0 || routes.stickyGroups != nil {
                let chance = Double(share.weight) / Double(total)
                add(share.group, chance, at: node, interface, for: origin, to: &routes)
            }
            routes.isSticky = keepsClients(forward)
            return routes
        case nil: return always(503)
        }
    }

    private func add(
        _ group: TargetGroupID, _ chance: Double, at node: Int, _ interface: InterfaceID,
        for origin: Network.Origin, to routes: inout Balancing.NodeRoutes
    ) {
        let candidates = balancing.candidates(in: group, at: node)
        if candidates.isEmpty {
            routes.shares.append(.init(reply: .byLoadBalancer(status: 503), probability: chance))
        }
        let probabilities = balancing.probabilities(of: candidates, in: group, at: node, now)
        routes.shares.reserveCapacity(routes.shares.count + candidates.count)
        for (index, target) in candidates.enumerated() {
            let probability = probabilities?[index] ?? 1 / Double(candidates.count)
            routes.shares.append(
                .init(
                    reply: reply(of: target, to: interface, for: origin),
                    probability: chance * probability))
        }
        if routes.stickyGroups != nil {
            let missing = routes.shares.count - routes.stickyGroups!.groups.count
            routes.stickyGroups!.groups += repeatElement(group, count: missing)
        }
    }

    /// Among several groups a client stays with one only if the action says so.
    private func keepsClients(_ forward: Balancing.Forward) -> Bool {
        guard forward.groups.count == 1 || forward.stickiness != nil else { return false }
        return forward.groups.allSatisfy { balancing.targetGroups[$0.group].isSticky }
    }
}

extension Balancing.NodeRoutes {
    fileprivate static var unreachable: Self {
        Self(shares: [.init(reply: .unreachable, probability: 1)])
    }

    /// A network load balancer speaks no HTTP: where nobody answers, the connection fails.
    fileprivate mutating func passOnConnections() {
        holdsConnections = true
        for index in shares.indices {
            if case .byLoadBalancer = shares[index].reply { shares[index].reply = .unreachable }
        }
    }
}
