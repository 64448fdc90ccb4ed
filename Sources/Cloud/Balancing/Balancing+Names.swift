import Simulation

/// The ARNs of load balancers and what belongs to them. Source of the forms: elbv2.md section 2.
extension Cloud {
    private func arn(_ place: Place, _ rest: String) -> String {
        String(writing: { text in
            text.add(arnOf: "elasticloadbalancing", in: place)
            text.add(rest)
        })
    }

    /// `app/name/16 hex digits`, which stands in the ARNs of all that belongs to it.
    func fullName(_ id: LoadBalancerID) -> String {
        let balancer = balancing.loadBalancers[id]
        let kind = balancer.kind == .application ? "app" : "net"
        return "\(kind)/\(balancer.name)/\(naming.hex16(id, .loadBalancer))"
    }

    public func arn(_ id: LoadBalancerID) -> String {
        arn(balancing.loadBalancers[id].place, "loadbalancer/\(fullName(id))")
    }

    public func arn(_ id: TargetGroupID) -> String {
        String(writing: { add(arnOf: id, to: &$0) })
    }

    /// Events and stopped tasks may speak of a group that is gone; then its number is all that is
    /// left of the name.
    func add(arnOf id: TargetGroupID, to text: inout TextWriter) {
        if balancing.targetGroups.contains(id) {
            text.add(arnOf: "elasticloadbalancing", in: balancing.targetGroups[id].place)
            text.add("targetgroup/")
            text.add(balancing.targetGroups[id].name)
            text.add("/")
        } else {
            text.add("targetgroup/")
        }
        naming.add(hex16: id, .targetGroup, to: &text)
    }

    public func arn(_ id: ListenerID) -> String {
        let balancer = balancing.listeners[id].loadBalancer
        return arn(
            balancing.loadBalancers[balancer].place,
            "listener/\(fullName(balancer))/\(naming.hex16(id, .listener))")
    }

    public func arn(_ id: ListenerRuleID) -> String {
        let listener = balancing.rules[id].listener
        let balancer = balancing.listeners[listener].loadBalancer
        return arn(
            balancing.loadBalancers[balancer].place,
            "listener-rule/\(fullName(balancer))/\(naming.hex16(listener, .listener))/"
                + naming.hex16(id, .rule))
    }

    /// The default actions of a listener have an ARN too, as a rule that is always there.
    func defaultRuleARN(_ id: ListenerID) -> String {
        let balancer = balancing.listeners[id].loadBalancer
        return arn(
            balancing.loadBalancers[balancer].place,
            "listener-rule/\(fullName(balancer))/\(naming.hex16(id, .listener))/"
                + naming.hex16(id, .defaultRule))
    }

    /// The name under which clients reach it; of an internal one it begins with `internal-`.
    public func dnsName(_ id: LoadBalancerID) -> String {
        let balancer = balancing.loadBalancers[id]
        if balancer.kind == .network {
            let hex = naming.hex16(id, .loadBalancer)
            return "\(balancer.name)-\(hex).elb.\(balancer.place.region).amazonaws.com"
        }
        // Up to ten digits.
        let digits = naming.digits(id, .loadBalancerDigits, bits: 33)
        let name = (balancer.isInternal ? "internal-" : "") + balancer.name
        return "\(name)-\(digits).\(balancer.place.region).elb.amazonaws.com"
    }

    // MARK: and back

    private func lastParts(_ arn: String, _ kind: String, _ place: Place) -> [String]? {
        guard let rest = resource(ofARN: arn, service: "elasticloadbalancing", in: place)
        else { return nil }
        let parts = rest.parts(separatedBy: "/")
        return parts[0] == kind ? Array(parts.dropFirst()) : nil
    }

    func loadBalancer(arn text: String, in place: Place) -> LoadBalancerID? {
        guard let parts = lastParts(text, "loadbalancer", place), parts.count == 3,
            let id: LoadBalancerID = naming.hex16(parts[2], .loadBalancer),
            balancing.loadBalancers.contains(id), arn(id) == text
        else { return nil }
        return id
    }

    func targetGroup(arn text: String, in place: Place) -> TargetGroupID? {
        guard let parts = lastParts(text, "targetgroup", place), parts.count == 2,
            let id: TargetGroupID = naming.hex16(parts[1], .targetGroup),
            balancing.targetGroups.contains(id), arn(id) == text
        else { return nil }
        return id
    }

    func listener(arn text: String, in place: Place) -> ListenerID? {
        guard let parts = lastParts(text, "listener", place), parts.count == 4,
            let id: ListenerID = naming.hex16(parts[3], .listener),
            balancing.listeners.contains(id), arn(id) == text
        else { return nil }
        return id
    }

    func rule(arn text: String, in place: Place) -> ListenerRuleID? {
        guard let parts = lastParts(text, "listener-rule", place), parts.count == 5,
            let id: ListenerRuleID = naming.hex16(parts[4], .rule),
            balancing.rules.contains(id), arn(id) == text
        else { return nil }
        return id
    }

    func defaultRule(arn text: String, in place: Place) -> ListenerID? {
        guard let parts = lastParts(text, "listener-rule", place), parts.count == 5,
            let id: ListenerID = naming.hex16(parts[4], .defaultRule),
            balancing.listeners.contains(id), defaultRuleARN(id) == text
        else { return nil }
        return id
    }
}
