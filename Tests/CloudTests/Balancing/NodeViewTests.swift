import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// A view of a target costs an event only when it turns. It must turn as if every check had been
/// made.
@Suite struct NodeViewTests {
    /// A load balancer with a target whose program and whose checks change at random.
    final class Trial {
        let chance: Chance
        let site: Site
        let program: InterfaceID
        let group: TargetGroupID
        let groupName: String
        let target: TargetID
        var references: [EveryCheck] = []
        var seen: [[EveryCheck.Turn]] = []
        var steps = 0
        private var draws: UInt64 = 0
        private let isWhole: Bool

        /// - Parameter isWhole: Lets everything fall on whole seconds, so that changes meet checks.
        init(seed: UInt64, isWhole: Bool) throws {
            chance = Chance(seed: seed)
            self.isWhole = isWhole
            var timing = Timing()
            if isWhole {
                timing.firstCheck = .always(.seconds(1))
                timing.nodeStagger = .always(.seconds(1))
            }
            site = Site(seed: seed, timing: timing)
            let isNetwork = seed % 4 == 3
            let balancer = try site.makeLoadBalancer(
                subnets: seed % 3 == 0 ? [0, 1, 2] : [0, 1], type: isNetwork ? .network : nil)
            groupName = try site.makeTargetGroup(protocol: isNetwork ? .tcp : .http)
            try site.live.elbv2.createListener(
                loadBalancerArn: balancer, protocol: isNetwork ? .tcp : .http, port: 80,
                defaultActions: [.init(type: .forward, targetGroupArn: groupName)])
            site.live.run(for: .seconds(200))
            group = site.live.cloud.targetGroup(arn: groupName, in: .standard)!
            program = site.start()
            target = 0
            try changeChecks()
            try site.register(program, in: groupName)
            let views = site.live.cloud.balancing.targets[target].views
            references = views.map {
                EveryCheck(
                    site.live.cloud.balancing.targetGroups[group].healthCheck, $0.outcome,
                    first: $0.firstCheck)
            }
            seen = views.map { _ in [] }
            site.live.watch = { [unowned self] cloud in look(at: cloud) }
        }

        func whole(below bound: Int) -> Int {
            draws += 1
            return chance.whole(below: bound, for: .init("trial"), of: draws)
        }

        private func look(at cloud: Cloud) {
            for (node, view) in cloud.balancing.targets[target].views.enumerated()
            where view.health != seen[node].last?.to ?? .initial {
                seen[node].append(.init(at: cloud.now, to: view.health))
            }
        }

        func run() throws {
            for _ in 0..<(5 + whole(below: 40)) {
                let wait: Duration =
                    isWhole
                    ? .seconds(whole(below: 60)) : .milliseconds(1 + whole(below: 90_000))
                advance(by: wait)
                try change()
            }
            advance(by: .seconds(4000))
        }

        private func advance(by wait: Duration) {
            site.live.run(for: wait)
            for node in references.indices { references[node].run(to: site.live.cloud.now) }
        }

        private func change() throws {
            switch whole(below: 8) {
            case 0: site.stop(program)
            case 1, 2: site.answer(program, status: 503, after: latency())
            case 3: try setIngress(whole(below: 2) == 0)
            case 4: try changeChecks()
            default: site.answer(program, status: 200, after: latency())
            }
            let check = site.live.cloud.balancing.targetGroups[group].healthCheck
            for node in references.indices {
                if check != references[node].check {
                    references[node].change(to: check, at: site.live.cloud.now)
                }
                references[node].outcome = expectedOutcome(check)
            }
        }

        private func latency() -> Duration {
            isWhole ? .seconds(whole(below: 8)) : .milliseconds(whole(below: 9000))
        }

        private func changeChecks() throws {
            let interval = 5 + whole(below: 40)
            try site.live.elbv2.modifyTargetGroup(
                targetGroupArn: groupName, healthCheckIntervalSeconds: interval,
                healthCheckTimeoutSeconds: 2 + whole(below: interval - 2),
                healthyThresholdCount: 2 + whole(below: 5),
                unhealthyThresholdCount: 2 + whole(below: 5))
        }

        private func setIngress(_ isOpen: Bool) throws {
            let rule = site.live.cloud.network.securityGroups[site.open].rules[0]
            let block: CIDRBlock = isOpen ? .everywhere : CIDRBlock("192.0.2.0/24")!
            site.live.cloud.network.rules[rule].peer = .block(block)
            site.live.cloud.record(.network(.pathsChanged(site.vpc)))
        }

        /// Said again, apart from the engine: what a check that starts now comes to.
        private func expectedOutcome(_ check: Balancing.HealthCheck) -> Balancing.CheckOutcome {
            let network = site.live.cloud.network
            let rule = network.securityGroups[site.open].rules[0]
            guard network.rules[rule].peer == .block(.everywhere) else {
                return .init(result: .timedOut, after: check.timeout)
            }
            guard let listener = network.interfaces[program].listeners.first else {
                return .init(result: .refused, after: .zero)
            }
            guard listener.check.after <= check.timeout else {
                return .init(result: .timedOut, after: check.timeout)
            }
            let passes = check.protocol == "TCP" || listener.check.status == 200
            return .init(
                result: passes ? .passed : .mismatch(status: listener.check.status),
                after: listener.check.after)
        }
    }

    @Test(arguments: UInt64(0)..<400)
    func aViewTurnsAsIfEveryCheckHadBeenMade(seed: UInt64) throws {
        for isWhole in [false, true] {
            let trial = try Trial(seed: seed, isWhole: isWhole)
            try trial.run()
            for (node, reference) in trial.references.enumerated() {
                #expect(trial.seen[node] == reference.turns, "node \(node), whole \(isWhole)")
            }
        }
    }

    @Test func theTrialsTurnManyViews() throws {
        var turns = 0
        for seed in UInt64(0)..<20 {
            let trial = try Trial(seed: seed, isWhole: false)
            try trial.run()
            turns += trial.seen.reduce(0) { $0 + $1.count }
        }
        #expect(turns > 100)
    }
}
