import Simulation

extension Balancing {
    /// Who answers a request, or why nobody does.
    public enum Reply: Hashable, Sendable, Codable {
        /// A target answered; `owner` is what its listener calls itself.
        case answered(owner: UInt32, status: Int)
        /// The load balancer answered itself: 502, 503, 504, or a fixed response or redirect.
        case byLoadBalancer(status: Int)
        /// The connection to the load balancer was not accepted.
        case unreachable
    }

    /// One outcome of a new request, and how likely it is.
    public struct Share: Hashable, Sendable, Codable {
        public var reply: Reply
        public var probability: Double
    }
}

extension Cloud {
    /// What a new request to a listener would meet at this instant, over all routing choices.
    ///
    /// The client takes each node with equal chance (its addresses stand in the DNS answer in
    /// turn), the node a target group by weight and a target in turn. The probabilities add up to
    /// 1. Looks, draws nothing, changes nothing.
    ///
    /// - Parameter request: What rules decide by; the one left out asks for `/` and names no host.
    ///   Its source counts for clients on the internet; another origin has an address of its own.
    public func answers(
        to origin: Network.Origin, at listener: ListenerID,
        request: Balancing.Request = Balancing.Request()
    ) -> [Balancing.Share] {
        let nodes = routes(to: origin, at: listener, request: request)
        var shares: [Balancing.Share] = []
        // In the order of the first of each reply; the dictionary is only looked up.
        var places: [Balancing.Reply: Int] = [:]
        for node in nodes {
            for share in node.shares {
                let probability = share.probability / Double(nodes.count)
                if let place = places[share.reply] {
                    shares[place].probability += probability
                } else {
                    places[share.reply] = shares.count
                    shares.append(.init(reply: share.reply, probability: probability))
                }
            }
        }
        return shares
    }

    /// What comes of passing a request on to a target. Source: elbv2.md section 7.
    ///
    /// - Parameter origin: Whom the request comes from: a group may let its targets see that.
    public func reply(
        of id: TargetID, to node: InterfaceID, for origin: Network.Origin
    ) -> Balancing.Reply {
        switch connect(to: id, from: node, for: origin) {
        case .accepted(_, let listener):
            return .answered(owner: listener.owner, status: listener.page.status)
        case .refused: return .byLoadBalancer(status: 502)
        case .dropped: return .byLoadBalancer(status: 504)
        }
    }

    private func connect(
        to id: TargetID, from node: InterfaceID, for origin: Network.Origin
    ) -> Network.Connection {
        let group = balancing.targets[id].group
        let (address, vpc) = (balancing.targets[id].address, balancing.targetGroups[group].vpc)
        let port = balancing.targets[id].port
        guard balancing.targetGroups[group].keepsClientAddress else {
            return network.connect(from: .interface(node), to: address, in: vpc, port: port)
        }
        guard let target = network.interface(at: address, in: vpc) else {
            return .dropped(by: .noSuchAddress)
        }
        return network.connect(from: origin, through: node, to: target, port: port)
    }
}

extension Balancing {
    /// The targets among which a node chooses for a new request.
    ///
    /// The healthy ones, in the order of their registration. With fewer of them than the group's
    /// minimum, and some unhealthy one, every target the node knows ("fail open"). While all are
    /// still being checked for the first time, none. Where requests do not cross zones, the node
    /// knows only targets of its own zone.
    ///
    /// - Returns: Empty if no target can be used; the load balancer then answers 503.
    /// - Source: ELB User Guide, "Health checks for target groups"; elbv2.md section 6.
    public func candidates(in group: TargetGroupID, at node: Int) -> [TargetID] {
        guard let loadBalancer = targetGroups[group].loadBalancer else { return [] }
        let crossesZones = crossesZones(group, of: loadBalancer)
        var known = targetGroups[group].targets
        if !crossesZones || !known.allSatisfy({ routes(to: $0, from: node) }) {
            let zone = loadBalancers[loadBalancer].nodes[node].zone
            known.removeAll {
                !routes(to: $0, from: node) || !crossesZones && targets[$0].zone != zone
            }
        }
        let (healthy, someUnhealthy) = health(of: known, at: node)
        // Mostly all are well, and there is nothing to choose.
        if healthy == known.count { return known }
        let minimum = (
            count: targetGroups[group].minimumHealthyTargets,
            percent: targetGroups[group].minimumHealthyPercent ?? 0
        )
        let tooFew = healthy < minimum.count || healthy * 100 < minimum.percent * known.count
        if tooFew && someUnhealthy { return known }
        return known.filter { targets[$0].views[node].health == .healthy }
    }

    /// Whether a node sends requests to targets of other zones too.
    func crossesZones(_ group: TargetGroupID, of loadBalancer: LoadBalancerID) -> Bool {
        if let own = targetGroups[group].crossesZones { return own }
        return loadBalancers[loadBalancer].kind == .application
            || loadBalancers[loadBalancer].attributes.contains(
                ResourceTag("load_balancing.cross_zone.enabled", "true"))
    }

    func routes(to target: TargetID, from node: Int) -> Bool {
        node < targets[target].views.count && targets[target].views[node].isRouted
    }

    /// How many of some targets a node finds healthy, and whether it finds any unhealthy.
    private func health(of known: [TargetID], at node: Int) -> (healthy: Int, someUnhealthy: Bool) {
        var healthy = 0
        var someUnhealthy = false
        for id in known {
            switch targets[id].views[node].health {
            case .healthy: healthy += 1
            case .unhealthy: someUnhealthy = true
            case .initial: break
            }
        }
        return (healthy, someUnhealthy)
    }
}
