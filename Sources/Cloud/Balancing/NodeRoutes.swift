import Simulation

extension Balancing {
    /// What one node of a load balancer does with new requests at an instant.
    public struct NodeRoutes: Hashable, Sendable {
        /// One for each target the node chooses from in turn, or one that holds for all requests.
        public var replies: [Reply]
        /// How likely each of them is, in the same order; they add up to 1.
        public var probabilities: [Double]
    }
}

extension Cloud {
    /// What each node of a listener's load balancer does with a new request for `/`.
    ///
    /// Looks, draws nothing, changes nothing. ``answers(to:at:)`` is the same over all nodes.
    public func routes(to origin: Network.Origin, at listener: ListenerID) -> [Balancing.NodeRoutes] {
        guard let found = balancing.listeners.find(listener),
            balancing.loadBalancers[found.loadBalancer].state == .active
        else { return [.init(replies: [.unreachable], probabilities: [1])] }
        let nodes = balancing.loadBalancers[found.loadBalancer].nodes
        return nodes.indices.map { node in
            let interface = nodes[node].interface
            guard case .accepted = network.connect(from: origin, to: interface, port: found.port)
            else { return .init(replies: [.unreachable], probabilities: [1]) }
            return routes(of: found.actions.last, at: node, interface)
        }
    }

    private func routes(
        of action: Balancing.Action?, at node: Int, _ interface: InterfaceID
    ) -> Balancing.NodeRoutes {
        var routes = Balancing.NodeRoutes(replies: [], probabilities: [])
        func add(_ reply: Balancing.Reply, _ probability: Double) {
            routes.replies.append(reply)
            routes.probabilities.append(probability)
        }
        switch action {
        case .fixedResponse(let status, _, _)?: add(.byLoadBalancer(status: status), 1)
        case .redirect(let redirect)?:
            add(.byLoadBalancer(status: redirect.status == "HTTP_301" ? 301 : 302), 1)
        case .forward(let forward)?:
            let total = forward.groups.reduce(0) { $0 + $1.weight }
            if total == 0 { add(.byLoadBalancer(status: 503), 1) }
            for share in forward.groups where share.weight > 0 {
                let chance = Double(share.weight) / Double(total)
                let candidates = balancing.candidates(in: share.group, at: node)
                if candidates.isEmpty { add(.byLoadBalancer(status: 503), chance) }
                for target in candidates {
                    add(reply(of: target, to: interface), chance / Double(candidates.count))
                }
            }
        case nil: add(.byLoadBalancer(status: 503), 1)
        }
        return routes
    }
}
