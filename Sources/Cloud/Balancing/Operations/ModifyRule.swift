import CloudAPI

extension ELBv2.ModifyRule: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard case .rule(let id) = try cloud.ruleReference(ruleArn, caller) else {
            throw .defaultRuleIsModifiedElsewhere(ruleArn)
        }
        guard conditions != nil || actions != nil else {
            throw .balancingInvalid("Either conditions or actions must be specified")
        }
        guard transforms?.isEmpty ?? true else { throw .balancingNotSupported("rule transforms") }
        var rule = cloud.balancing.rules[id]
        if let conditions { rule.conditions = try Balancing.Condition.read(conditions) }
        if let actions {
            rule.actions = try Balancing.Action.read(
                actions, at: "actions", for: cloud.balancing.listeners[rule.listener].loadBalancer,
                in: cloud, caller)
        }

        cloud.replace(id, by: rule)

        return Output(rules: [.init(id, in: cloud)])
    }
}
