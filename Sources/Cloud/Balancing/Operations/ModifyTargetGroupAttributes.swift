import CloudAPI
import Simulation

extension ELBv2.ModifyTargetGroupAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.targetGroupID(targetGroupArn, caller)
        var group = cloud.balancing.targetGroups[id]
        group.attributes = try group.attributeTable.set(
            attributes.map { ($0.key, $0.value) }, over: group.attributes, of: "Target group")
        try group.checkAttributes()
        group.takeAttributes()

        cloud.balancing.targetGroups[id] = group
        if group.crossesZones == false { cloud.balancing.someGroupsKeepToZones = true }
        if let balancer = group.loadBalancer { cloud.record(.balancing(.routingChanged(balancer))) }

        return Output(
            attributes: group.attributeTable.all(changed: group.attributes).map {
                .init(key: $0.key, value: $0.value)
            })
    }
}

extension Balancing.TargetGroup {
    private func value(_ key: String) -> String? {
        attributes.first { $0.key == key }?.value
    }

    /// Which attributes do not go together: elbv2.md sections 5, 6 and 9.
    fileprivate func checkAttributes() throws(APIFailure) {
        if let type = value("stickiness.type") {
            let isHTTP = ["HTTP", "HTTPS"].contains(`protocol`)
            let allowed =
                isHTTP ? ["lb_cookie", "app_cookie"] : ["source_ip", "source_ip_dest_ip"]
            guard allowed.contains(type) else {
                throw .invalidConfiguration(
                    "Stickiness type '\(type)' is not supported for target groups with the "
                        + "\(`protocol`) protocol")
            }
        }
        let slowStart = Int(value("slow_start.duration_seconds") ?? "0")!
        guard slowStart == 0 || slowStart >= 30 else {
            throw .balancingInvalid(
                "'slow_start.duration_seconds' value '\(slowStart)' must be between "
                    + "'30-900' inclusive"
            )
        }
        let algorithm = value("load_balancing.algorithm.type") ?? "round_robin"
        guard slowStart == 0 || algorithm == "round_robin" else {
            // Assumed.
            throw .invalidConfiguration(
                "Slow start is not supported with the load balancing algorithm '\(algorithm)'")
        }
        let mitigates = value("load_balancing.algorithm.anomaly_mitigation") == "on"
        guard !mitigates || algorithm == "weighted_random" else {
            // Assumed.
            throw .invalidConfiguration(
                "Anomaly mitigation is only supported with the load balancing algorithm "
                    + "'weighted_random'")
        }
    }

    /// Puts the attributes that decide something where they are looked up.
    mutating func takeAttributes() {
        let routing = "target_group_health.unhealthy_state_routing.minimum_healthy_targets"
        let delay = value("deregistration_delay.timeout_seconds").flatMap { Int($0) }
        deregistrationDelay = .seconds(delay ?? 300)
        minimumHealthyTargets = value("\(routing).count").flatMap { Int($0) } ?? 1
        minimumHealthyPercent = value("\(routing).percentage").flatMap { Int($0) }
        crossesZones = value("load_balancing.cross_zone.enabled").flatMap { Bool($0) }
        slowStart = .seconds(value("slow_start.duration_seconds").flatMap { Int($0) } ?? 0)
        isSticky = value("stickiness.enabled") == "true"
        takeHealthForDNS()
        guard !["HTTP", "HTTPS"].contains(`protocol`) else { return }
        let all = attributeTable.all(changed: attributes)
        keepsClientAddress = all.contains(ResourceTag("preserve_client_ip.enabled", "true"))
        cutsConnections = all.contains(
            ResourceTag("deregistration_delay.connection_termination.enabled", "true"))
    }

    private mutating func takeHealthForDNS() {
        let dns = "target_group_health.dns_failover.minimum_healthy_targets"
        minimumHealthyForDNS = value("\(dns).count").map { Int($0) } ?? 1
        minimumHealthyPercentForDNS = value("\(dns).percentage").flatMap { Int($0) }
    }
}
