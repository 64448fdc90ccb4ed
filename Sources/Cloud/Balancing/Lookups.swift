import CloudAPI

/// What callers name, found or refused.
extension Cloud {
    /// Whether a text has the form of an ARN of this kind, in the caller's region. AWS calls any
    /// other text invalid, and one of this form at most not found: elbv2.md section 9.
    private func isARN(_ text: String, of kind: String, parts: Int, _ caller: Caller) -> Bool {
        let fields = text.parts(separatedBy: ":", atMost: 6)
        guard fields.count == 6, fields[0] == "arn", fields[2] == "elasticloadbalancing",
            fields[3] == caller.place.region, fields[4].utf8.count == 12,
            fields[4].utf8.allSatisfy({ 48...57 ~= $0 })
        else { return false }
        let path = fields[5].parts(separatedBy: "/")
        return path[0] == kind && path.count == parts + 1 && !path.contains("")
    }

    /// - Returns: `nil` if the ARN is one and nothing has it; so below.
    func findLoadBalancer(_ arn: String, _ caller: Caller) throws(APIFailure) -> LoadBalancerID? {
        guard isARN(arn, of: "loadbalancer", parts: 3, caller) else {
            throw .balancingInvalid("'\(arn)' is not a valid load balancer ARN")
        }
        return loadBalancer(arn: arn, in: caller.place)
    }

    func loadBalancerID(_ arn: String, _ caller: Caller) throws(APIFailure) -> LoadBalancerID {
        guard let id = try findLoadBalancer(arn, caller) else { throw .loadBalancerNotFound(arn) }
        return id
    }

    func findTargetGroup(_ arn: String, _ caller: Caller) throws(APIFailure) -> TargetGroupID? {
        guard isARN(arn, of: "targetgroup", parts: 2, caller) else {
            throw .balancingInvalid("'\(arn)' is not a valid target group ARN")
        }
        return targetGroup(arn: arn, in: caller.place)
    }

    func targetGroupID(_ arn: String, _ caller: Caller) throws(APIFailure) -> TargetGroupID {
        guard let id = try findTargetGroup(arn, caller) else { throw .targetGroupNotFound(arn) }
        return id
    }

    func findListener(_ arn: String, _ caller: Caller) throws(APIFailure) -> ListenerID? {
        guard isARN(arn, of: "listener", parts: 4, caller) else {
            throw .balancingInvalid("'\(arn)' is not a valid listener ARN")
        }
        return listener(arn: arn, in: caller.place)
    }

    func listenerID(_ arn: String, _ caller: Caller) throws(APIFailure) -> ListenerID {
        guard let id = try findListener(arn, caller) else { throw .listenerNotFound(arn) }
        return id
    }

    /// A rule, or the default actions of a listener, which AWS shows as its last rule.
    enum RuleReference: Hashable, Sendable {
        case rule(ListenerRuleID)
        case defaultOf(ListenerID)
    }

    func ruleReference(_ arn: String, _ caller: Caller) throws(APIFailure) -> RuleReference {
        guard isARN(arn, of: "listener-rule", parts: 5, caller) else {
            throw .balancingInvalid("'\(arn)' is not a valid listener rule ARN")
        }
        if let id = rule(arn: arn, in: caller.place) { return .rule(id) }
        if let id = defaultRule(arn: arn, in: caller.place) { return .defaultOf(id) }
        throw .rulesNotFound
    }
}
