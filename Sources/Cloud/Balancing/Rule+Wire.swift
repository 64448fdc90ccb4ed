import CloudAPI

extension ELBv2.Rule {
    init(_ id: ListenerRuleID, in cloud: borrowing Cloud) {
        let rule = cloud.balancing.rules[id]
        self.init(
            ruleArn: cloud.arn(id), priority: "\(rule.priority)",
            conditions: rule.conditions.map { .init($0) },
            actions: rule.actions.map { .init($0, in: cloud) }, isDefault: false)
    }

    /// The default actions of a listener, as AWS shows them beside its rules.
    init(defaultOf id: ListenerID, in cloud: borrowing Cloud) {
        self.init(
            ruleArn: cloud.defaultRuleARN(id), priority: "default", conditions: [],
            actions: cloud.balancing.listeners[id].actions.map { .init($0, in: cloud) },
            isDefault: true)
    }

    init(_ reference: Cloud.RuleReference, in cloud: borrowing Cloud) {
        switch reference {
        case .rule(let id): self.init(id, in: cloud)
        case .defaultOf(let id): self.init(defaultOf: id, in: cloud)
        }
    }
}
