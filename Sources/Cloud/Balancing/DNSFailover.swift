import Simulation

extension Chance.Purpose {
    static let dnsFailover = Chance.Purpose("dnsFailover")
}

// A node whose zone has too few healthy targets leaves the load balancer's DNS name. If that holds
// of all nodes, all stay. Source: ELB User Guide, "Target group health"; elbv2.md section 6.

extension Cloud {
    /// Looks whether clients are to find other nodes than now.
    ///
    /// Where requests cross zones, all nodes choose from the same targets: then all of them belong
    /// in the DNS or none does, and so nothing changes.
    mutating func reviewDNS(of id: LoadBalancerID) {
        guard balancing.loadBalancers.contains(id),
            balancing.loadBalancers[id].kind == .network || balancing.someGroupsKeepToZones,
            balancing.loadBalancers[id].state == .active
        else { return }
        let groups = balancing.targetGroups(of: id).filter { !balancing.crossesZones($0, of: id) }
        let isWell = balancing.loadBalancers[id].nodes.indices.map { node in
            groups.allSatisfy { balancing.hasEnough($0, at: node, of: id) }
        }
        let someIsWell = isWell.contains(true)
        for index in isWell.indices {
            let belongs = isWell[index] || !someIsWell
            guard balancing.loadBalancers[id].nodes[index].belongsInDNS != belongs else { continue }
            balancing.loadBalancers[id].nodes[index].belongsInDNS = belongs
            balancing.loadBalancers[id].nodes[index].dnsTurn += 1
            let node = balancing.loadBalancers[id].nodes[index]
            let wait = chance.draw(
                timing.dnsFailover, for: .dnsFailover,
                of: UInt64(id.rawValue) << 16 | UInt64(node.number), nth: UInt64(node.dnsTurn))
            schedule(.dnsTurns(id, node: node.number, turn: node.dnsTurn), after: wait)
        }
    }

    /// It has got about.
    mutating func turnDNS(of id: LoadBalancerID, _ number: UInt16, turn: UInt32) {
        guard balancing.loadBalancers.contains(id),
            let index = balancing.loadBalancers[id].nodes.firstIndex(where: {
                $0.number == number && $0.dnsTurn == turn
            })
        else { return }
        let belongs = balancing.loadBalancers[id].nodes[index].belongsInDNS
        guard balancing.loadBalancers[id].nodes[index].isInDNS != belongs else { return }
        balancing.loadBalancers[id].nodes[index].isInDNS = belongs
        record(.balancing(.routingChanged(id)))
    }
}

extension Balancing {
    /// Whether a node finds as many healthy targets of its zone as the group asks for.
    fileprivate func hasEnough(
        _ group: TargetGroupID, at node: Int, of loadBalancer: LoadBalancerID
    ) -> Bool {
        let zone = loadBalancers[loadBalancer].nodes[node].zone
        var (known, healthy) = (0, 0)
        for target in targetGroups[group].targets
        where targets[target].zone == zone && routes(to: target, from: node) {
            known += 1
            if targets[target].views[node].health == .healthy { healthy += 1 }
        }
        if let minimum = targetGroups[group].minimumHealthyForDNS, healthy < minimum {
            return false
        }
        guard let percent = targetGroups[group].minimumHealthyPercentForDNS else { return true }
        return healthy * 100 >= percent * known
    }
}
