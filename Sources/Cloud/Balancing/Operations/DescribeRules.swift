import CloudAPI

extension ELBv2.DescribeRules: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let wanted = try wanted(in: cloud, caller)
        let page = try Page(
            of: wanted.references, by: wanted.key, after: marker, size: pageSize)
        return Output(rules: page.items.map { .init($0, in: cloud) }, nextMarker: page.next)
    }

    /// The rules in the order they are shown in: by priority, the default one last.
    private func wanted(
        in cloud: Cloud, _ caller: Caller
    ) throws(APIFailure) -> (
        references: [Cloud.RuleReference], key: (Cloud.RuleReference) -> Int
    ) {
        func priority(_ reference: Cloud.RuleReference) -> Int {
            if case .rule(let id) = reference { return cloud.balancing.rules[id].priority }
            return 50001
        }
        let arns = ruleArns ?? []
        if let listenerArn {
            guard arns.isEmpty else {
                throw .balancingInvalid(
                    "Listener rule ARNs and a listener ARN cannot be specified at the same time")
            }
            let id = try cloud.listenerID(listenerArn, caller)
            let rules = cloud.balancing.listeners[id].rules.map { Cloud.RuleReference.rule($0) }
            return (rules + [.defaultOf(id)], priority)
        }
        guard !arns.isEmpty else {
            throw .balancingInvalid("You must specify either listener rule ARNs or a listener ARN")
        }
        var references: [Cloud.RuleReference] = []
        for arn in arns { references.append(try cloud.ruleReference(arn, caller)) }
        // Rules of several listeners have no common order: they come as they were asked for.
        return (references, { wanted in references.firstIndex(of: wanted)! })
    }
}
