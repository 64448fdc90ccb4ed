import Simulation

extension Chance.Purpose {
    static let firstCheck = Chance.Purpose("firstCheck")
    static let networkRegistration = Chance.Purpose("networkRegistration")
    static let nodeStagger = Chance.Purpose("nodeStagger")
}

extension Cloud {
    /// Lets the nodes of the group's load balancer begin to check a target, if there are any and
    /// they have not begun.
    mutating func startChecks(of id: TargetID) {
        guard balancing.targets[id].deregisteredAt == nil, balancing.targets[id].views.isEmpty
        else { return }
        let group = balancing.targets[id].group
        guard let loadBalancer = balancing.targetGroups[group].loadBalancer,
            balancing.loadBalancers[loadBalancer].reaches(balancing.targets[id])
        else { return move(id, to: .unused) }
        move(id, to: .initial)
        guard balancing.loadBalancers[loadBalancer].state == .active else { return }
        for index in balancing.loadBalancers[loadBalancer].nodes.indices {
            addView(of: id, at: index)
        }
        record(.balancing(.routingChanged(loadBalancer)))
    }

    /// Lets one more node check a target: the one at this place among the nodes.
    private mutating func addView(of id: TargetID, at index: Int) {
        let loadBalancer = balancing.targetGroups[balancing.targets[id].group].loadBalancer!
        let node = balancing.loadBalancers[loadBalancer].nodes[index].number
        let (subject, nth) = (
            UInt64(id.rawValue), UInt64(balancing.targets[id].registration) << 16
        )
        var first = chance.draw(timing.firstCheck, for: .firstCheck, of: subject, nth: nth)
        if balancing.loadBalancers[loadBalancer].kind == .network {
            first += chance.draw(
                timing.networkRegistration, for: .networkRegistration, of: subject, nth: nth)
        }
        let stagger =
            node == 0
            ? .zero
            : chance.draw(
                timing.nodeStagger, for: .nodeStagger, of: subject, nth: nth | UInt64(node))
        balancing.targets[id].views.insert(
            Balancing.NodeView(
                node: node, firstCheck: now + first + stagger, outcome: outcome(of: id, at: index),
                now: now),
            at: index)
        if balancing.targets[id].deregisteredAt == nil {
            planTurn(of: id, at: index)
        } else {
            balancing.targets[id].views[index].isRouted = false
        }
    }

    /// Forgets the nodes' views of a target that no node reaches any more.
    mutating func stopChecks(of id: TargetID) {
        balancing.targets[id].views = []
        // A drain goes on: nothing says otherwise.
        guard balancing.targets[id].deregisteredAt == nil else { return }
        balancing.targets[id].registration += 1
        move(id, to: .unused)
    }

    /// Lets a target have one view for each node, now that the nodes are others than before.
    mutating func followNodes(of id: TargetID) {
        let target = balancing.targets[id]
        let loadBalancer = balancing.loadBalancers[
            balancing.targetGroups[target.group].loadBalancer!]
        guard loadBalancer.reaches(target) else { return stopChecks(of: id) }
        guard !target.views.isEmpty else { return startChecks(of: id) }
        balancing.targets[id].views.removeAll { view in
            !loadBalancer.nodes.contains { $0.number == view.node }
        }
        for (index, node) in loadBalancer.nodes.enumerated()
        where !target.views.contains(where: { $0.node == node.number }) {
            addView(of: id, at: index)
        }
        if target.deregisteredAt == nil { showHealth(of: id) }
    }

    /// Takes notice that a target, or the way to it, may have changed.
    mutating func recheck(_ id: TargetID) {
        guard balancing.targets[id].deregisteredAt == nil else { return }
        let interval = balancing.targetGroups[balancing.targets[id].group].healthCheck.interval
        for index in balancing.targets[id].views.indices {
            let next = outcome(of: id, at: index)
            guard next != balancing.targets[id].views[index].outcome else { continue }
            balancing.targets[id].views[index].settle(now: now, next: next, every: interval)
            if balancing.targets[id].views[index].decisive == nil { planTurn(of: id, at: index) }
        }
    }

    /// Checks the targets of a group in another way from now on. A check that has started ends as
    /// the settings were at its start.
    mutating func change(_ check: Balancing.HealthCheck, of group: TargetGroupID) {
        let old = balancing.targetGroups[group].healthCheck
        guard check != old else { return }
        balancing.targetGroups[group].healthCheck = check
        for id in balancing.targetGroups[group].targets
        where balancing.targets[id].deregisteredAt == nil {
            for index in balancing.targets[id].views.indices {
                let next = outcome(of: id, at: index)
                balancing.targets[id].views[index].settle(
                    now: now, next: next, every: old.interval)
                balancing.targets[id].views[index].change(
                    from: old.interval, to: check.interval, now: now, longest: old.timeout)
                if balancing.targets[id].views[index].decisive == nil {
                    planTurn(of: id, at: index)
                }
            }
        }
    }

    private mutating func planTurn(of id: TargetID, at index: Int) {
        let group = balancing.targets[id].group
        balancing.targets[id].turnsPlanned += 1
        let generation = balancing.targets[id].turnsPlanned
        let turn = balancing.targets[id].views[index].nextTurn(
            balancing.targetGroups[group].healthCheck)
        balancing.targets[id].views[index].generation = generation
        balancing.targets[id].views[index].decisive = turn
        guard let turn else { return }
        let node = balancing.targets[id].views[index].node
        timeline.schedule(
            .balancing(.viewTurns(id, node: node, generation: generation)),
            at: max(turn.known, now))
    }

    /// How a check of the target by the node that starts now ends. It is a connection like any
    /// other: the network says what comes of it.
    private func outcome(of id: TargetID, at index: Int) -> Balancing.CheckOutcome {
        let group = balancing.targets[id].group
        let loadBalancer = balancing.targetGroups[group].loadBalancer!
        let node = balancing.loadBalancers[loadBalancer].nodes[index].interface
        let connection = network.connect(
            from: .interface(node), to: balancing.targets[id].address,
            in: balancing.targetGroups[group].vpc,
            port: balancing.targetGroups[group].healthCheck.port ?? balancing.targets[id].port)
        return outcome(of: connection, by: balancing.targetGroups[group].healthCheck)
    }

    private func outcome(
        of connection: Network.Connection, by check: Balancing.HealthCheck
    ) -> Balancing.CheckOutcome {
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
        case .capacityReserved(let id, let turn): endReservation(of: id, turn: turn)
        case .viewTurns(let id, let node, let generation):
            turnView(of: id, by: node, generation: generation)
        case .reachesNode(let id, let node, let registration):
            stopRouting(to: id, by: node, registration: registration)
        case .rampGoesOn(let id, let node, let registration):
            goOnWithRamp(of: id, by: node, registration: registration)
        case .dnsTurns(let id, let node, let turn): turnDNS(of: id, node, turn: turn)
        case .drainShows(let id, let registration):
            if isDraining(id, registration) { move(id, to: .draining) }
        case .drainEnds(let id, let registration):
            if isDraining(id, registration) { remove(id) }
        }
    }

    private mutating func turnView(of id: TargetID, by node: UInt16, generation: UInt32) {
        guard balancing.targets.contains(id), balancing.targets[id].deregisteredAt == nil,
            let index = balancing.targets[id].views.firstIndex(where: { $0.node == node }),
            balancing.targets[id].views[index].generation == generation,
            let turn = balancing.targets[id].views[index].decisive
        else { return }
        balancing.targets[id].views[index].turn(by: turn)
        beginRamp(of: id, at: index)
        planTurn(of: id, at: index)
        recordRouting(of: id)
        showHealth(of: id)
    }

    /// Shows what the nodes think of a target. A node that is new makes no healthy target look
    /// new again.
    private mutating func showHealth(of id: TargetID) {
        let health = balancing.targets[id].healthOfAllNodes
        if health == .initial && balancing.targets[id].state == .healthy { return }
        move(id, to: health)
    }

    mutating func recordRouting(of id: TargetID) {
        if let loadBalancer = balancing.targetGroups[balancing.targets[id].group].loadBalancer {
            record(.balancing(.routingChanged(loadBalancer)))
        }
    }

    mutating func move(_ id: TargetID, to state: Balancing.TargetState) {
        let before = balancing.targets[id].state
        guard before != state else { return }
        balancing.targets[id].state = state
        record(.balancing(.targetMoved(id, from: before, to: state)))
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

    /// Why it is unhealthy, by the first node that finds it so: how its last check failed.
    public var failedCheck: Balancing.CheckOutcome.Result? {
        guard let view = views.first(where: { $0.health == .unhealthy }) else { return nil }
        return view.outcome.passed ? view.failure : view.outcome.result
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
