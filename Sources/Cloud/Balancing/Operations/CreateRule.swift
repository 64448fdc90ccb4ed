import CloudAPI

extension ELBv2.CreateRule: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.listenerID(listenerArn, caller)
        let listener = cloud.balancing.listeners[id]
        try Balancing.checkRange(priority, 1...50000, at: "priority")
        guard transforms?.isEmpty ?? true else { throw .balancingNotSupported("rule transforms") }
        let balancer = cloud.balancing.loadBalancers[listener.loadBalancer]
        guard balancer.kind == .application else {
            // Assumed.
            throw .balancing(
                "UnsupportedProtocol", "Rules are not supported for \(listener.protocol) listeners")
        }
        let rule = Balancing.Rule(
            listener: id, priority: priority, conditions: try Balancing.Condition.read(conditions),
            actions: try Balancing.Action.read(
                actions, at: "actions", for: listener.loadBalancer, in: cloud, caller),
            tags: try ELBv2.Tag.read(tags))
        guard !listener.rules.contains(where: { cloud.balancing.rules[$0].priority == priority })
        else { throw .priorityInUse(priority) }
        let others = balancer.listeners.reduce(0) { $0 + cloud.balancing.listeners[$1].rules.count }
        guard others < 100 else { throw .tooManyRules }

        let made = cloud.makeRule(rule)

        return Output(rules: [.init(made, in: cloud)])
    }
}
