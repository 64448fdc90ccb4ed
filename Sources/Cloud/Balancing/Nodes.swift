import Simulation

extension Chance.Purpose {
    static let loadBalancerProvisioning = Chance.Purpose("loadBalancerProvisioning")
}

extension Balancing.LoadBalancer {
    /// Whether nodes check a target and send requests to it: its zone must be enabled.
    /// Source: ELB User Guide, "Target health status"; elbv2.md section 6.
    func reaches(_ target: Balancing.Target) -> Bool {
        guard let zone = target.zone, zone != "all" else { return true }
        return nodes.contains { $0.zone == zone }
    }
}

extension Cloud {
    /// Makes a load balancer with a node in each of these subnets. It works once it is active.
    ///
    /// - Precondition: Each subnet has a free address.
    mutating func makeLoadBalancer(
        _ loadBalancer: Balancing.LoadBalancer, in subnets: [SubnetID]
    ) -> LoadBalancerID {
        let id = balancing.loadBalancers.insert(loadBalancer)
        let place = loadBalancer.place
        balancing.loadBalancerIDs[PlacedName(loadBalancer.name, in: place)] = id
        balancing.loadBalancersByPlace[place, default: []].append(id)
        for subnet in subnets { addNode(to: id, in: subnet) }
        let wait = chance.draw(
            timing.loadBalancerProvisioning, for: .loadBalancerProvisioning,
            of: UInt64(id.rawValue))
        schedule(.loadBalancerActive(id), after: wait)
        return id
    }

    /// A node is a network interface that listens where the load balancer has listeners.
    private mutating func addNode(to id: LoadBalancerID, in subnet: SubnetID) {
        let loadBalancer = balancing.loadBalancers[id]
        // The description is what AWS writes there: elbv2.md section 3.
        let interface = attachInterface(
            to: subnet, groups: loadBalancer.securityGroups, kind: .loadBalancer,
            withPublicAddress: !loadBalancer.isInternal, description: "ELB \(fullName(id))")
        guard let interface else {
            preconditionFailure("the subnet was seen to have free addresses")
        }
        balancing.loadBalancers[id].nodes.append(
            .init(
                number: loadBalancer.nodesMade, zone: network.subnets[subnet].zone, subnet: subnet,
                interface: interface))
        balancing.loadBalancers[id].nodesMade += 1
        for listener in loadBalancer.listeners {
            listen(portOf(listener), on: interface)
        }
    }

    /// Lets a load balancer have its nodes in these subnets; where it has one, that one stays.
    mutating func setNodes(of id: LoadBalancerID, in subnets: [SubnetID]) {
        let old = balancing.loadBalancers[id].nodes
        balancing.loadBalancers[id].nodes = old.filter { subnets.contains($0.subnet) }
        for subnet in subnets where !old.contains(where: { $0.subnet == subnet }) {
            addNode(to: id, in: subnet)
        }
        for group in balancing.targetGroups(of: id) {
            for target in balancing.targetGroups[group].targets { followNodes(of: target) }
        }
        for node in old where !subnets.contains(node.subnet) { removeInterface(node.interface) }
        record(.balancing(.routingChanged(id)))
    }

    mutating func setSecurityGroups(of id: LoadBalancerID, to groups: [SecurityGroupID]) {
        balancing.loadBalancers[id].securityGroups = groups
        for node in balancing.loadBalancers[id].nodes {
            setGroups(groups, of: node.interface)
        }
        record(.balancing(.routingChanged(id)))
    }

    /// Takes a load balancer away with its listeners, rules and nodes. Targets stay in their
    /// groups.
    mutating func remove(_ id: LoadBalancerID) {
        for listener in balancing.loadBalancers[id].listeners { remove(listener) }
        let loadBalancer = balancing.loadBalancers.remove(id)
        for node in loadBalancer.nodes { removeInterface(node.interface) }
        balancing.loadBalancerIDs[PlacedName(loadBalancer.name, in: loadBalancer.place)] = nil
        balancing.loadBalancersByPlace[loadBalancer.place]?.removeAscending(id)
        record(.balancing(.routingChanged(id)))
    }
}
