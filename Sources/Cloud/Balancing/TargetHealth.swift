import Simulation

extension Chance.Purpose {
    static let firstCheck = Chance.Purpose("firstCheck")
    static let nodeStagger = Chance.Purpose("nodeStagger")
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
        let delay = balancing.targetGroups[group].deregistrationDelay
        let slack = chance.draw(timing.drainSlack, for: .drainSlack, of: subject, nth: nth)
        let visible = chance.draw(timing.drainVisible, for: .drainVisible, of: subject, nth: nth)
        let ends = visible + max(.zero, delay - timing.drainEarliest + slack)

        balancing.targets[id].deregisteredAt = now
        balancing.targets[id].drainEndsAt = now + ends
        for node in balancing.targets[id].views.indices {
            balancing.targets[id].views[node].generation += 1
            balancing.targets[id].views[node].decisive = nil
            let lag = chance.draw(
                timing.deregistrationReachesNode, for: .deregistrationReachesNode, of: subject,
                nth: nth << 16 | UInt64(node))
            schedule(
                .reachesNode(id, node: UInt16(node), registration: registration), after: lag)
        }
        schedule(.drainShows(id, registration: registration), after: visible)
        schedule(.drainEnds(id, registration: registration), after: ends)
    }

    /// Lets the nodes of the group's load balancer begin to check a target, if there are any and
    /// they have not begun.
    mutating func startChecks(of id: TargetID) {
        let target = balancing.targets[id]
        guard target.deregisteredAt == nil, target.views.isEmpty else { return }
        guard let loadBalancer = balancing.targetGroups[target.group].loadBalancer,
            balancing.loadBalancers[loadBalancer].state == .active
        else {
            move(id, to: balancing.targetGroups[target.group].loadBalancer == nil ? .unused : .initial)
            return
        }
        let (subject, nth) = (UInt64(id.rawValue), UInt64(target.registration) << 16)
        let first = chance.draw(timing.firstCheck, for: .firstCheck, of: subject, nth: nth)
        for node in balancing.loadBalancers[loadBalancer].nodes.indices {
            let stagger = node == 0 ? .zero
                : chance.draw(
                    timing.nodeStagger, for: .nodeStagger, of: subject, nth: nth | UInt64(node))
            balancing.targets[id].views.append(
                Balancing.NodeView(
                    firstCheck: now + first + stagger, outcome: outcome(of: id, at: node), now: now))
            scheduleTurn(of: id, at: node)
        }
        move(id, to: .initial)
        record(.balancing(.routingChanged(loadBalancer)))
    }

    /// Forgets the nodes' views of a target, because its group lost its load balancer.
    mutating func stopChecks(of id: TargetID) {
        guard balancing.targets[id].deregisteredAt == nil else { return }
        balancing.targets[id].registration += 1
        balancing.targets[id].views = []
        move(id, to: .unused)
    }

    /// Takes notice that a target, or the way to it, may have changed.
    mutating func recheck(_ id: TargetID) {
        guard balancing.targets[id].deregisteredAt == nil else { return }
        let check = balancing.targetGroups[balancing.targets[id].group].healthCheck
        for node in balancing.targets[id].views.indices {
            let next = outcome(of: id, at: node)
            guard next != balancing.targets[id].views[node].outcome else { continue }
            balancing.targets[id].views[node].settle(now: now, next: next, every: check.interval)
            if balancing.targets[id].views[node].decisive == nil { scheduleTurn(of: id, at: node) }
        }
    }

    private mutating func scheduleTurn(of id: TargetID, at node: Int) {
        let check = balancing.targetGroups[balancing.targets[id].group].healthCheck
        balancing.targets[id].views[node].generation += 1
        let turn = balancing.targets[id].views[node].nextTurn(check)
        balancing.targets[id].views[node].decisive = turn
        guard let turn else { return }
        let generation = balancing.targets[id].views[node].generation
        timeline.schedule(
            .balancing(.viewTurns(id, node: UInt16(node), generation: generation)),
            at: max(turn.known, now))
    }

    /// How a check of the target by the node that starts now ends. It is a connection like any
    /// other: the network says what comes of it.
    private func outcome(of id: TargetID, at node: Int) -> Balancing.CheckOutcome {
        let target = balancing.targets[id]
        let group = balancing.targetGroups[target.group]
        let check = group.healthCheck
        let nodes = balancing.loadBalancers[group.loadBalancer!].nodes
        let connection = network.connect(
            from: .interface(nodes[node].interface), to: target.address, in: group.vpc,
            port: check.port ?? target.port)
        switch connection {
        case .dropped: return .init(result: .timedOut, after: check.timeout)
        case .refused: return .init(result: .refused, after: .zero)
        case .accepted(_, let listener):
            guard listener.check.after <= check.timeout else {
                return .init(result: .timedOut, after: check.timeout)
            }
            let passes = check.passes(listener.check.status)
            return .init(
                result: passes ? .passed : .mismatch(status: listener.check.status),
                after: listener.check.after)
        }
    }

    mutating func carryOut(_ event: Balancing.Event) {
        switch event {
        case .loadBalancerActive(let id):
            guard balancing.loadBalancers.contains(id) else { return }
            balancing.loadBalancers[id].state = .active
            for group in balancing.targetGroups(of: id) {
                for target in balancing.targetGroups[group].targets { startChecks(of: target) }
            }
            record(.balancing(.loadBalancerActive(id)))
            record(.balancing(.routingChanged(id)))
        case .viewTurns(let id, let node, let generation):
            turnView(of: id, at: Int(node), generation: generation)
        case .reachesNode(let id, let node, let registration):
            guard isDraining(id, registration), Int(node) < balancing.targets[id].views.count
            else { return }
            balancing.targets[id].views[Int(node)].isRouted = false
            recordRouting(of: id)
        case .drainShows(let id, let registration):
            guard isDraining(id, registration) else { return }
            move(id, to: .draining)
        case .drainEnds(let id, let registration):
            guard isDraining(id, registration) else { return }
            remove(id)
        }
    }

    private func isDraining(_ id: TargetID, _ registration: UInt32) -> Bool {
        guard let target = balancing.targets.find(id) else { return false }
        return target.deregisteredAt != nil && target.registration == registration
    }

    private mutating func turnView(of id: TargetID, at node: Int, generation: UInt32) {
        guard let target = balancing.targets.find(id), node < target.views.count,
            target.views[node].generation == generation, let turn = target.views[node].decisive
        else { return }
        balancing.targets[id].views[node].turn(by: turn)
        scheduleTurn(of: id, at: node)
        recordRouting(of: id)
        move(id, to: balancing.targets[id].healthOfAllNodes)
    }

    private mutating func recordRouting(of id: TargetID) {
        if let loadBalancer = balancing.targetGroups[balancing.targets[id].group].loadBalancer {
            record(.balancing(.routingChanged(loadBalancer)))
        }
    }

    private mutating func move(_ id: TargetID, to state: Balancing.TargetState) {
        let before = balancing.targets[id].state
        guard before != state else { return }
        balancing.targets[id].state = state
        record(.balancing(.targetMoved(id, from: before, to: state)))
    }

    /// Takes a target away, drained or with its group.
    mutating func remove(_ id: TargetID) {
        recordRouting(of: id)
        let target = balancing.targets.remove(id)
        balancing.targetGroups[target.group].targets.removeAll { $0 == id }
        let key = NetworkAddress(
            vpc: balancing.targetGroups[target.group].vpc, address: target.address)
        balancing.targetsByAddress[key]?.removeAll { $0 == id }
        if balancing.targetsByAddress[key]?.isEmpty == true {
            balancing.targetsByAddress[key] = nil
        }
        record(.balancing(.targetRemoved(id)))
    }
}

extension Balancing.Target {
    /// One state for what several nodes think: the worst if one found it unhealthy, healthy once
    /// all did. Assumed; elbv2.md section 6.
    var healthOfAllNodes: Balancing.TargetState {
        if views.isEmpty { return .unused }
        if views.contains(where: { $0.health == .unhealthy }) { return .unhealthy }
        return views.allSatisfy { $0.health == .healthy } ? .healthy : .initial
    }

    /// Why it is unhealthy, by the first node that finds it so.
    public var failedCheck: Balancing.CheckOutcome.Result? {
        views.first { $0.health == .unhealthy && !$0.outcome.passed }?.outcome.result
    }
}

extension Balancing {
    public func targets(at address: IPv4Address, in vpc: VpcID) -> [TargetID] {
        targetsByAddress[NetworkAddress(vpc: vpc, address: address)] ?? []
    }

    /// The groups that the listeners and rules of a load balancer lead to, each once.
    public func targetGroups(of id: LoadBalancerID) -> [TargetGroupID] {
        var groups: [TargetGroupID] = []
        func add(_ actions: [Action]) {
            for case .forward(let forward) in actions {
                for share in forward.groups where !groups.contains(share.group) {
                    groups.append(share.group)
                }
            }
        }
        for listener in loadBalancers[id].listeners {
            add(listeners[listener].actions)
            for rule in listeners[listener].rules { add(rules[rule].actions) }
        }
        return groups
    }
}
