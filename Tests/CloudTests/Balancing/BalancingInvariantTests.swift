import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud

/// What must hold after any operation, tried with random ones.
@Suite struct BalancingInvariantTests {
    /// Does one random thing; what is refused is no matter.
    final class Vandal {
        let site = Site()
        private let chance: Chance
        private var draws: UInt64 = 0
        private var programs: [InterfaceID] = []

        init(seed: UInt64) throws {
            chance = Chance(seed: seed)
            for number in 0..<3 {
                try site.makeTargetGroup("group-\(number)", interval: 5, timeout: 2)
            }
            for number in 0..<2 { try site.makeLoadBalancer("balancer-\(number)") }
            for number in 0..<6 { programs.append(site.start(in: number % 3)) }
        }

        private func whole(below bound: Int) -> Int {
            draws += 1
            return chance.whole(below: bound, for: .init("vandal"), of: draws)
        }

        private func pick<T>(_ list: [T]) -> T? {
            list.isEmpty ? nil : list[whole(below: list.count)]
        }

        private var balancing: Balancing { site.live.cloud.balancing }
        private var balancer: String? {
            pick(Array(balancing.loadBalancers.ids)).map { site.live.cloud.arn($0) }
        }
        private var group: String? {
            pick(Array(balancing.targetGroups.ids)).map { site.live.cloud.arn($0) }
        }
        private var listener: String? {
            pick(Array(balancing.listeners.ids)).map { site.live.cloud.arn($0) }
        }
        private var rule: String? {
            pick(Array(balancing.rules.ids)).map { site.live.cloud.arn($0) }
        }

        private var action: ELBv2.Action {
            let groups = (0...whole(below: 2)).compactMap { _ in group }
            if groups.isEmpty || whole(below: 8) == 0 {
                return .init(type: .fixedResponse, fixedResponseConfig: .init(statusCode: "404"))
            }
            return .init(
                type: .forward,
                forwardConfig: .init(
                    targetGroups: groups.map {
                        .init(targetGroupArn: $0, weight: whole(below: 4))
                    }))
        }

        func act() throws {
            do { try actOnce() } catch is APIFailure {}
            site.live.run(for: .milliseconds(whole(below: 20_000)))
        }

        private func actOnce() throws {
            let elb = site.live.elbv2
            let target = ELBv2.TargetDescription(
                id: site.address(of: pick(programs)!), port: 80 + whole(below: 2))
            switch whole(below: 18) {
            case 0: try site.makeLoadBalancer("balancer-\(whole(below: 3))")
            case 1:
                if whole(below: 4) == 0 {
                    try elb.deleteLoadBalancer(loadBalancerArn: balancer ?? "")
                }
            case 2: try site.makeTargetGroup("group-\(whole(below: 4))", interval: 5, timeout: 2)
            case 3: try elb.deleteTargetGroup(targetGroupArn: group ?? "")
            case 4, 5:
                try elb.createListener(
                    loadBalancerArn: balancer ?? "", protocol: .http, port: 80 + whole(below: 3),
                    defaultActions: [action])
            case 6: if whole(below: 3) == 0 { try elb.deleteListener(listenerArn: listener ?? "") }
            case 7:
                try elb.modifyListener(
                    listenerArn: listener ?? "", port: 80 + whole(below: 4),
                    defaultActions: [action])
            case 8, 9:
                try elb.createRule(
                    listenerArn: listener ?? "",
                    conditions: [.init(field: "path-pattern", values: ["/\(whole(below: 3))*"])],
                    priority: 1 + whole(below: 5), actions: [action])
            case 10: try elb.deleteRule(ruleArn: rule ?? "")
            case 11: try elb.modifyRule(ruleArn: rule ?? "", actions: [action])
            case 12:
                let zones = [[0, 1], [1, 2], [0, 2], [0, 1, 2]]
                try elb.setSubnets(
                    loadBalancerArn: balancer ?? "", subnets: site.subnetNames(pick(zones)!))
            case 13, 14: try elb.registerTargets(targetGroupArn: group ?? "", targets: [target])
            case 15: try elb.deregisterTargets(targetGroupArn: group ?? "", targets: [target])
            case 16: site.answer(pick(programs)!, status: whole(below: 2) == 0 ? 200 : 500)
            default:
                try elb.modifyTargetGroup(
                    targetGroupArn: group ?? "", healthCheckIntervalSeconds: 5 + whole(below: 20))
            }
        }
    }

    @Test(arguments: UInt64(0)..<40) func whatBelongsTogetherStaysTogether(seed: UInt64) throws {
        let vandal = try Vandal(seed: seed)
        for _ in 0..<100 {
            try vandal.act()
            check(vandal.site.live.cloud)
        }
    }

    private func check(_ cloud: Cloud) {
        let balancing = cloud.balancing
        var leads: [TargetGroupID: Int] = [:]
        var owners: [TargetGroupID: Set<LoadBalancerID>] = [:]
        for (id, balancer) in balancing.loadBalancers {
            for listener in balancer.listeners {
                let found = balancing.listeners[listener]
                #expect(found.loadBalancer == id)
                let priorities = found.rules.map { balancing.rules[$0].priority }
                #expect(priorities == Set(priorities).sorted())
                let actions = [found.actions] + found.rules.map { balancing.rules[$0].actions }
                for group in actions.flatMap(\.targetGroups) {
                    leads[group, default: 0] += 1
                    owners[group, default: []].insert(id)
                }
            }
            let ports = balancer.listeners.map { balancing.listeners[$0].port }.sorted()
            for node in balancer.nodes {
                let interface = cloud.network.interfaces[node.interface]
                #expect(interface.listeners.map(\.port).sorted() == ports)
                #expect(interface.subnet == node.subnet)
            }
        }
        let nodes = balancing.loadBalancers.values.reduce(0) { $0 + $1.nodes.count }
        let interfaces = cloud.network.interfaces.values.filter { $0.kind == .loadBalancer }
        #expect(interfaces.count == nodes)
        #expect(
            balancing.listeners.count
                == balancing.loadBalancers.values.reduce(0) { $0 + $1.listeners.count })
        #expect(
            balancing.rules.count == balancing.listeners.values.reduce(0) { $0 + $1.rules.count })
        for (id, group) in balancing.targetGroups {
            #expect(group.leads == leads[id] ?? 0)
            #expect(owners[id] ?? [] == Set([group.loadBalancer].compactMap { $0 }))
            for target in group.targets { check(balancing.targets[target], of: id, in: balancing) }
        }
        let groups = Array(balancing.targetGroups.ids)
        #expect(balancing.targetGroupsByPlace[.standard] ?? [] == groups)
        #expect(balancing.targetGroupsByVpc[0] ?? [] == groups)
        #expect(
            balancing.loadBalancersByPlace[.standard] ?? [] == Array(balancing.loadBalancers.ids))
        for path in ["/", "/0", "/1"] {
            for listener in balancing.listeners.ids {
                let shares = cloud.answers(to: .internet, at: listener, request: .init(path: path))
                #expect(abs(shares.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
                #expect(Set(shares.map(\.reply)).count == shares.count)
            }
        }
    }

    private func check(_ target: Balancing.Target, of id: TargetGroupID, in balancing: Balancing) {
        #expect(target.group == id)
        guard
            let balancer = balancing.targetGroups[id].loadBalancer.map({
                balancing.loadBalancers[$0]
            })
        else {
            #expect(target.views.isEmpty)
            #expect(target.deregisteredAt != nil || target.state == .unused)
            return
        }
        if target.deregisteredAt == nil {
            let isChecked = balancer.state == .active && balancer.reaches(target)
            #expect(target.views.map(\.node) == (isChecked ? balancer.nodes.map(\.number) : []))
            #expect(target.views.allSatisfy { $0.isRouted })
            if !balancer.reaches(target) { #expect(target.state == .unused) }
        } else {
            #expect(
                target.views.isEmpty || target.views.map(\.node) == balancer.nodes.map(\.number))
        }
    }

    @Test(arguments: UInt64(0)..<10) func aSavedCloudGoesOnAsOneNeverSaved(seed: UInt64) throws {
        let vandal = try Vandal(seed: seed)
        for _ in 0..<60 { try vandal.act() }
        let bytes = try saved(vandal.site.live.cloud)
        var copy = try JSONDecoder().decode(Cloud.self, from: bytes)
        let end = copy.now + .hours(1)
        copy.run(until: end)
        vandal.site.live.run(until: end)
        let (restored, original) = (try saved(copy), try saved(vandal.site.live.cloud))
        #expect(restored == original)
    }
}
