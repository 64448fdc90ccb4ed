import Simulation

extension Balancing {
    /// Who answers a request, or why nobody does.
    public enum Reply: Hashable, Sendable {
        /// A target answered; `owner` is what its listener calls itself.
        case answered(owner: UInt32, status: Int)
        /// The load balancer answered itself: 502, 503, 504, or a fixed response or redirect.
        case byLoadBalancer(status: Int)
        /// The connection to the load balancer was not accepted.
        case unreachable
    }

    /// One outcome of a new request, and how likely it is.
    public struct Share: Hashable, Sendable {
        public var reply: Reply
        public var probability: Double
    }
}

extension Cloud {
    /// What a new request to a listener would meet at this instant, over all routing choices.
    ///
    /// The client takes each node with equal chance (its addresses stand in the DNS answer in turn),
    /// the node a target group by weight and a target in turn. The probabilities add up to 1. Looks,
    /// draws nothing, changes nothing.
    ///
    /// Only the default actions are followed: they are what a client meets that asks for `/` and
    /// matches no rule.
    public func answers(to origin: Network.Origin, at listener: ListenerID) -> [Balancing.Share] {
        guard let found = balancing.listeners.find(listener) else {
            return [.init(reply: .unreachable, probability: 1)]
        }
        let loadBalancer = balancing.loadBalancers[found.loadBalancer]
        guard loadBalancer.state == .active, !loadBalancer.nodes.isEmpty else {
            return [.init(reply: .unreachable, probability: 1)]
        }
        var shares: [Balancing.Share] = []
        func add(_ reply: Balancing.Reply, _ probability: Double) {
            if let known = shares.firstIndex(where: { $0.reply == reply }) {
                shares[known].probability += probability
            } else {
                shares.append(.init(reply: reply, probability: probability))
            }
        }
        let chanceOfNode = 1 / Double(loadBalancer.nodes.count)
        for (node, place) in loadBalancer.nodes.enumerated() {
            // A node listens on every port that the load balancer has a listener for.
            guard case .accepted = network.connect(from: origin, to: place.interface, port: found.port)
            else {
                add(.unreachable, chanceOfNode)
                continue
            }
            switch found.actions.last {
            case .fixedResponse(let status, _, _)?: add(.byLoadBalancer(status: status), chanceOfNode)
            case .redirect(let redirect)?:
                add(.byLoadBalancer(status: redirect.status == "HTTP_301" ? 301 : 302), chanceOfNode)
            case .forward(let forward)?:
                let total = forward.groups.reduce(0) { $0 + $1.weight }
                if total == 0 { add(.byLoadBalancer(status: 503), chanceOfNode) }
                for share in forward.groups where share.weight > 0 {
                    let chanceOfGroup = chanceOfNode * Double(share.weight) / Double(total)
                    addTargets(of: share.group, node, place, chanceOfGroup, add)
                }
            case nil: add(.byLoadBalancer(status: 503), chanceOfNode)
            }
        }
        return shares
    }

    private func addTargets(
        of group: TargetGroupID, _ node: Int, _ place: Balancing.LoadBalancer.Node,
        _ probability: Double, _ add: (Balancing.Reply, Double) -> Void
    ) {
        let candidates = balancing.candidates(in: group, at: node)
        if candidates.isEmpty { return add(.byLoadBalancer(status: 503), probability) }
        let each = probability / Double(candidates.count)
        for target in candidates { add(reply(of: target, to: place.interface), each) }
    }

    /// What comes of passing a request on to a target. Source: elbv2.md section 7.
    public func reply(of id: TargetID, to node: InterfaceID) -> Balancing.Reply {
        let target = balancing.targets[id]
        let vpc = balancing.targetGroups[target.group].vpc
        switch network.connect(
            from: .interface(node), to: target.address, in: vpc, port: target.port)
        {
        case .accepted(_, let listener):
            return .answered(owner: listener.owner, status: listener.page.status)
        case .refused: return .byLoadBalancer(status: 502)
        case .dropped: return .byLoadBalancer(status: 504)
        }
    }
}

extension Balancing {
    /// The targets among which a node chooses for a new request.
    ///
    /// The healthy ones, in the order of their registration. With fewer of them than the group's
    /// minimum, and some unhealthy one, every target the node knows ("fail open"). While all are
    /// still being checked for the first time, none.
    ///
    /// - Returns: Empty if no target can be used; the load balancer then answers 503.
    /// - Source: ELB User Guide, "Health checks for target groups"; elbv2.md section 6.
    public func candidates(in group: TargetGroupID, at node: Int) -> [TargetID] {
        var healthy: [TargetID] = []
        var known: [TargetID] = []
        var someUnhealthy = false
        for id in targetGroups[group].targets {
            let views = targets[id].views
            guard node < views.count, views[node].isRouted else { continue }
            known.append(id)
            switch views[node].health {
            case .healthy: healthy.append(id)
            case .unhealthy: someUnhealthy = true
            case .initial: break
            }
        }
        let failsOpen = healthy.count < targetGroups[group].minimumHealthyTargets && someUnhealthy
        return failsOpen ? known : healthy
    }
}
