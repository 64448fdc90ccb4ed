import Cloud

/// How many requests came through, per load balancer and per node and listener: what a real node
/// keeps as its pointers. It lives here, at the edge, so that a request changes nothing in the
/// cloud.
struct TrafficCounters: Sendable {
    private struct Key: Hashable {
        var listener: ListenerID
        var node: Int
    }

    private var balancers: [LoadBalancerID: UInt64] = [:]
    private var nodes: [Key: UInt64] = [:]
    private var names: [String: LoadBalancerID] = [:]
    private static let most = 100_000

    /// The node that a client's next connection goes to: the addresses come in the DNS answer in
    /// turn.
    mutating func nextNode(of balancer: LoadBalancerID, count: Int) -> Int {
        if balancers.count >= Self.most { balancers = [:] }
        let turn = balancers[balancer, default: 0]
        balancers[balancer] = turn &+ 1
        return Int(turn % UInt64(count))
    }

    mutating func next(at listener: ListenerID, node: Int) -> UInt64 {
        if nodes.count >= Self.most { nodes = [:] }
        let counter = nodes[Key(listener: listener, node: node), default: 0]
        nodes[Key(listener: listener, node: node)] = counter &+ 1
        return counter
    }

    /// The load balancer with this DNS name, without regard to case.
    mutating func loadBalancer(named name: String, in cloud: Cloud) -> LoadBalancerID? {
        let name = name.lowercased()
        if let known = names[name], cloud.balancing.loadBalancers.contains(known) { return known }
        names = [:]
        for id in cloud.balancing.loadBalancers.ids {
            names[cloud.dnsName(id).lowercased()] = id
        }
        return names[name]
    }
}
