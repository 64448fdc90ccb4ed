import Simulation

extension Chance.Purpose {
    static let drainVisible = Chance.Purpose("drainVisible")
    static let deregistrationReachesNode = Chance.Purpose("deregistrationReachesNode")
    static let drainSlack = Chance.Purpose("drainSlack")
}

extension Cloud {
    /// Registers an address and port with a target group, or takes a draining one back.
    ///
    /// Registering what is registered already changes nothing.
    @discardableResult
    mutating func register(
        _ address: IPv4Address, port: Int, zone: String?, in group: TargetGroupID
    ) -> TargetID {
        let existing = balancing.targets(at: address, in: balancing.targetGroups[group].vpc).first {
            balancing.targets[$0].group == group && balancing.targets[$0].port == port
        }
        let id: TargetID
        if let existing {
            guard balancing.targets[existing].deregisteredAt != nil else { return existing }
            id = existing
            balancing.targets[id].registration += 1
            balancing.targets[id].registeredAt = now
            balancing.targets[id].deregisteredAt = nil
            balancing.targets[id].drainEndsAt = nil
            balancing.targets[id].views = []
        } else {
            id = balancing.targets.insert(
                Balancing.Target(
                    group: group, address: address, port: port, zone: zone, registeredAt: now))
            balancing.targetGroups[group].targets.append(id)
            let key = NetworkAddress(vpc: balancing.targetGroups[group].vpc, address: address)
            balancing.targetsByAddress[key, default: []].append(id)
        }
        startChecks(of: id)
        return id
    }

    /// Begins the drain of a target. Its open connections are left alone, as AWS leaves them.
    mutating func deregister(_ id: TargetID) {
        guard balancing.targets[id].deregisteredAt == nil else { return }
        let group = balancing.targets[id].group
        let (subject, nth) = (UInt64(id.rawValue), UInt64(balancing.targets[id].registration))
        let registration = balancing.targets[id].registration
        balancing.targets[id].deregisteredAt = now
        guard balancing.targets[id].state != .unused else {
            // Nobody sends requests to it, so that there is nothing to wait for.
            balancing.targets[id].drainEndsAt = now
            return schedule(.drainEnds(id, registration: registration), after: .zero)
        }
        let delay = balancing.targetGroups[group].deregistrationDelay
        let slack = chance.draw(timing.drainSlack, for: .drainSlack, of: subject, nth: nth)
        let visible = chance.draw(timing.drainVisible, for: .drainVisible, of: subject, nth: nth)
        let ends = visible + max(.zero, delay - timing.drainEarliest + slack)
        balancing.targets[id].drainEndsAt = now + ends
        let loadBalancer = balancing.targetGroups[group].loadBalancer
        let isNetwork = loadBalancer.map { balancing.loadBalancers[$0].kind == .network } ?? false
        let reachesNode =
            isNetwork
            ? timing.networkDeregistrationReachesNode : timing.deregistrationReachesNode
        for index in balancing.targets[id].views.indices {
            balancing.targets[id].views[index].decisive = nil
            let node = balancing.targets[id].views[index].node
            let lag = chance.draw(
                reachesNode, for: .deregistrationReachesNode, of: subject,
                nth: nth << 16 | UInt64(node))
            schedule(.reachesNode(id, node: node, registration: registration), after: lag)
        }
        schedule(.drainShows(id, registration: registration), after: visible)
        schedule(.drainEnds(id, registration: registration), after: ends)
    }

    func isDraining(_ id: TargetID, _ registration: UInt32) -> Bool {
        balancing.targets.contains(id) && balancing.targets[id].deregisteredAt != nil
            && balancing.targets[id].registration == registration
    }

    /// A node learns of a deregistration: from now on it sends no new requests to the target.
    mutating func stopRouting(to id: TargetID, by node: UInt16, registration: UInt32) {
        guard isDraining(id, registration),
            let index = balancing.targets[id].views.firstIndex(where: { $0.node == node })
        else { return }
        balancing.targets[id].views[index].isRouted = false
        recordRouting(of: id)
    }

    /// Takes a target away, drained or with its group.
    mutating func remove(_ id: TargetID) {
        recordRouting(of: id)
        let target = balancing.targets.remove(id)
        balancing.targetGroups[target.group].targets.removeAscending(id)
        let key = NetworkAddress(
            vpc: balancing.targetGroups[target.group].vpc, address: target.address)
        balancing.targetsByAddress[key]?.removeAll { $0 == id }
        if balancing.targetsByAddress[key]?.isEmpty == true {
            balancing.targetsByAddress[key] = nil
        }
        record(.balancing(.targetRemoved(id)))
    }
}
