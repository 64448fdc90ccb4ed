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
        var request = request
        if case .interface(let id) = origin, network.interfaces.contains(id) {
            request.source = network.interfaces[id].address
        }
        let port = balancing.listeners[listener].port
        let action = balancing.actions(for: request, at: listener).last
        return balancing.loadBalancers[id].nodes.indices.map { node in
            let interface = balancing.loadBalancers[id].nodes[node].interface
            // A node listens on every port that the load balancer has a listener for.
            guard case .accepted = network.connect(from: origin, to: interface, port: port)
            else { return .unreachable }
            var routes = routes(of: action, at: node, interface)
            if balancing.loadBalancers[id].kind == .network { routes.hideStatuses() }
            return routes
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
            // A group that has nobody to answer keeps its share: elbv2.md section 4.
            for share in forward.groups where share.weight > 0 {
                let chance = Double(share.weight) / Double(total)
                let candidates = balancing.candidates(in: share.group, at: node)
                if candidates.isEmpty { add(.byLoadBalancer(status: 503), chance) }
                routes.replies.reserveCapacity(routes.replies.count + candidates.count)
                routes.probabilities.reserveCapacity(routes.replies.count + candidates.count)
                for target in candidates {
                    add(reply(of: target, to: interface), chance / Double(candidates.count))
                }
            }
        case nil: add(.byLoadBalancer(status: 503), 1)
        }
        return routes
    }
}

extension Balancing.NodeRoutes {
    fileprivate static var unreachable: Self { Self(replies: [.unreachable], probabilities: [1]) }

    /// A network load balancer speaks no HTTP: where nobody answers, the connection fails.
    fileprivate mutating func hideStatuses() {
        replies = replies.map { reply in
            if case .byLoadBalancer = reply { return .unreachable }
            return reply
        }
    }
}
