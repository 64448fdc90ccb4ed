import CloudAPI

extension ELBv2.SetRulePriorities: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let wanted = try wantedPriorities(in: cloud, caller)
        for (id, priority) in wanted {
            let listener = cloud.balancing.listeners[cloud.balancing.rules[id].listener]
            let isTaken = listener.rules.contains { other in
                cloud.balancing.rules[other].priority == priority
                    && !wanted.contains { $0.id == other }
            }
            guard !isTaken else { throw .priorityInUse(priority) }
        }

        for (id, priority) in wanted {
            var rule = cloud.balancing.rules[id]
            rule.priority = priority
            cloud.replace(id, by: rule)
        }

        return Output(rules: wanted.map { .init($0.id, in: cloud) })
    }

    private func wantedPriorities(
        in cloud: Cloud, _ caller: Caller
    ) throws(APIFailure) -> [(id: ListenerRuleID, priority: Int)] {
        var wanted: [(id: ListenerRuleID, priority: Int)] = []
        for (index, pair) in rulePriorities.enumerated() {
            guard case .rule(let id) = try cloud.ruleReference(pair.ruleArn ?? "", caller) else {
                throw .defaultRuleIsModifiedElsewhere(pair.ruleArn ?? "")
            }
            let path = "rulePriorities.\(index + 1).member.priority"
            guard let priority = pair.priority else {
                throw .balancingInvalid(
                    "1 validation error detected: Value null at '\(path)' failed to satisfy "
                        + "constraint: Member must not be null")
            }
            try Balancing.checkRange(priority, 1...50000, at: path)
            guard !wanted.contains(where: { $0.priority == priority }) else {
                throw .balancingInvalid("Priority '\(priority)' was provided multiple times")
            }
            wanted.append((id, priority))
        }
        return wanted
    }
}
