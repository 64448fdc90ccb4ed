import Cloud
import CloudAPI
import Simulation

extension Cloud {
    func balancingPortraits(of place: Place) -> [Portrait] {
        balancing.loadBalancers.filter { $0.value.place == place }.map { portrait(of: $0.value) }
            + balancing.targetGroups.filter { $0.value.place == place }.map {
                portrait(of: $0.value)
            }
    }

    private func portrait(of balancer: Balancing.LoadBalancer) -> Portrait {
        var portrait = Portrait(.loadBalancer, balancer.name, madeAt: balancer.createdAt)
        portrait.add("state", balancer.state.rawValue)
        portrait.add("type", balancer.kind.rawValue)
        portrait.add("scheme", balancer.isInternal ? "internal" : "internet-facing")
        portrait.add("zones", all: balancer.nodes.map(\.zone))
        portrait.add(
            "securityGroups",
            all: balancer.securityGroups.map { network.securityGroups.find($0)?.name ?? "?" })
        for attribute in balancer.attributes { portrait.add(attribute.key, attribute.value) }
        portrait.add(tags: balancer.tags)
        for id in balancer.listeners {
            let listener = balancing.listeners[id]
            let name = "listener \(listener.protocol) \(listener.port)"
            portrait.add(name, words(of: listener.actions))
            for id in listener.rules {
                let rule = balancing.rules[id]
                let conditions = rule.conditions.map(Self.words).joined(separator: " and ")
                portrait.add(
                    "\(name), rule \(rule.priority)", "\(conditions): \(words(of: rule.actions))")
            }
        }
        return portrait
    }

    private func words(of actions: [Balancing.Action]) -> String {
        actions.map { action in
            switch action {
            case .forward(let forward):
                let groups = forward.groups.map { share in
                    let name = balancing.targetGroups.find(share.group)?.name ?? "?"
                    return forward.groups.count == 1 ? name : "\(name) (\(share.weight))"
                }
                return "forward to \(groups.joined(separator: ", "))"
            case .fixedResponse(let status, _, _): return "answer \(status)"
            case .redirect(let redirect):
                let to = [redirect.protocol, redirect.host, redirect.port, redirect.path]
                return "redirect to \(to.compactMap(\.self).joined(separator: " "))"
            }
        }.joined(separator: ", ")
    }

    private static func words(of condition: Balancing.Condition) -> String {
        switch condition {
        case .host(let values): "host \(values.joined(separator: " or "))"
        case .path(let values): "path \(values.joined(separator: " or "))"
        case .header(let name, let values): "header \(name) \(values.joined(separator: " or "))"
        case .method(let values): "method \(values.joined(separator: " or "))"
        case .query(let pairs):
            "query \(pairs.map { "\($0.key)=\($0.value)" }.joined(separator: " or "))"
        case .source(let values): "source \(values.joined(separator: " or "))"
        }
    }

    private func portrait(of group: Balancing.TargetGroup) -> Portrait {
        var portrait = Portrait(.targetGroup, group.name)
        let check = group.healthCheck
        portrait.add("protocol", "\(group.protocol) \(group.port)")
        portrait.add(
            "loadBalancer", group.loadBalancer.flatMap { balancing.loadBalancers.find($0)?.name })
        portrait.add("healthCheckProtocol", check.protocol)
        portrait.add("healthCheckPort", check.port)
        portrait.add("healthCheckPath", check.path)
        portrait.add("healthCheckIntervalSeconds", check.interval)
        portrait.add("healthCheckTimeoutSeconds", check.timeout)
        portrait.add("healthyThresholdCount", check.healthyThreshold)
        portrait.add("unhealthyThresholdCount", check.unhealthyThreshold)
        portrait.add("matcher", check.matcher)
        portrait.add("deregistration_delay.timeout_seconds", group.deregistrationDelay)
        for attribute in group.attributes
        where attribute.key != "deregistration_delay.timeout_seconds" {
            portrait.add(attribute.key, attribute.value)
        }
        portrait.add(tags: group.tags)
        for id in group.targets {
            let target = balancing.targets[id]
            portrait.add("target \(target.address):\(target.port)", target.state.rawValue)
        }
        return portrait
    }
}
