import Simulation

extension Cloud {
    /// What the network finds at a node on a listener's port. The node answers by itself at once;
    /// what a client gets in the end, ``answers(to:at:)`` says.
    func portOf(_ id: ListenerID) -> Network.Listener {
        let listener = balancing.listeners[id]
        let answer = Network.Answer(status: 200, after: .zero)
        return Network.Listener(
            port: listener.port, page: answer, check: answer,
            owner: listener.loadBalancer.rawValue)
    }

    mutating func makeListener(_ listener: Balancing.Listener) -> ListenerID {
        let id = balancing.listeners.insert(listener)
        balancing.loadBalancers[listener.loadBalancer].listeners.append(id)
        openPort(of: id)
        lead(listener.actions, of: listener.loadBalancer)
        record(.balancing(.routingChanged(listener.loadBalancer)))
        return id
    }

    private mutating func openPort(of id: ListenerID) {
        for node in balancing.loadBalancers[balancing.listeners[id].loadBalancer].nodes {
            listen(portOf(id), on: node.interface)
        }
    }

    /// Closes all ports of the load balancer's nodes and opens those of its listeners again.
    private mutating func reopenPorts(of id: LoadBalancerID) {
        for node in balancing.loadBalancers[id].nodes {
            closeAllPorts(on: node.interface)
        }
        for listener in balancing.loadBalancers[id].listeners { openPort(of: listener) }
    }

    /// Takes on what a changed listener is like.
    mutating func replace(_ id: ListenerID, by listener: Balancing.Listener) {
        let old = balancing.listeners[id]
        balancing.listeners[id] = listener
        if listener.port != old.port { reopenPorts(of: listener.loadBalancer) }
        lead(listener.actions, insteadOf: old.actions, of: listener.loadBalancer)
        record(.balancing(.routingChanged(listener.loadBalancer)))
    }

    /// Takes a listener away with its rules.
    mutating func remove(_ id: ListenerID) {
        for rule in balancing.listeners[id].rules { remove(rule) }
        let listener = balancing.listeners.remove(id)
        balancing.loadBalancers[listener.loadBalancer].listeners.removeAll { $0 == id }
        reopenPorts(of: listener.loadBalancer)
        lead([], insteadOf: listener.actions, of: listener.loadBalancer)
        record(.balancing(.routingChanged(listener.loadBalancer)))
    }

    // MARK: rules

    mutating func makeRule(_ rule: Balancing.Rule) -> ListenerRuleID {
        let id = balancing.rules.insert(rule)
        let loadBalancer = balancing.listeners[rule.listener].loadBalancer
        balancing.listeners[rule.listener].rules.append(id)
        sortRules(of: rule.listener)
        lead(rule.actions, of: loadBalancer)
        record(.balancing(.routingChanged(loadBalancer)))
        return id
    }

    mutating func replace(_ id: ListenerRuleID, by rule: Balancing.Rule) {
        let loadBalancer = balancing.listeners[rule.listener].loadBalancer
        let old = balancing.rules[id]
        balancing.rules[id] = rule
        if rule.priority != old.priority { sortRules(of: rule.listener) }
        lead(rule.actions, insteadOf: old.actions, of: loadBalancer)
        record(.balancing(.routingChanged(loadBalancer)))
    }

    mutating func remove(_ id: ListenerRuleID) {
        let rule = balancing.rules.remove(id)
        let loadBalancer = balancing.listeners[rule.listener].loadBalancer
        balancing.listeners[rule.listener].rules.removeAll { $0 == id }
        lead([], insteadOf: rule.actions, of: loadBalancer)
        record(.balancing(.routingChanged(loadBalancer)))
    }

    private mutating func sortRules(of id: ListenerID) {
        balancing.listeners[id].rules = balancing.listeners[id].rules.sorted {
            balancing.rules[$0].priority < balancing.rules[$1].priority
        }
    }

    // MARK: what leads where

    /// Counts what leads to a target group. The first lead ties the group to the load balancer,
    /// which then begins to check its targets; with the last one that ends.
    private mutating func lead(
        _ actions: [Balancing.Action], insteadOf old: [Balancing.Action] = [],
        of loadBalancer: LoadBalancerID
    ) {
        for group in actions.targetGroups {
            balancing.targetGroups[group].leads += 1
            guard balancing.targetGroups[group].loadBalancer == nil else { continue }
            balancing.targetGroups[group].loadBalancer = loadBalancer
            for target in balancing.targetGroups[group].targets { startChecks(of: target) }
        }
        for group in old.targetGroups {
            balancing.targetGroups[group].leads -= 1
            guard balancing.targetGroups[group].leads == 0 else { continue }
            balancing.targetGroups[group].loadBalancer = nil
            for target in balancing.targetGroups[group].targets { stopChecks(of: target) }
        }
    }
}

extension [Balancing.Action] {
    /// The groups that requests are forwarded to, each once.
    var targetGroups: [TargetGroupID] {
        var groups: [TargetGroupID] = []
        for case .forward(let forward) in self {
            for share in forward.groups where !groups.contains(share.group) {
                groups.append(share.group)
            }
        }
        return groups
    }
}
