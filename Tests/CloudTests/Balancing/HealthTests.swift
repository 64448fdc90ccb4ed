import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// States, reasons and who gets requests.
@Suite struct HealthTests {
    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: ELBv2.TargetHealthReasonEnum
        let text: String
        let reply: Balancing.Reply
        let breakIt: @Sendable (Site, InterfaceID) throws -> Void
    }

    static let failures = [
        Failure(
            testDescription: "a wrong code", reason: .targetResponseCodeMismatch,
            text: "Health checks failed with these codes: [404]",
            reply: .answered(owner: 1002, status: 404),
            breakIt: { $0.answer($1, status: 404) }),
        Failure(
            testDescription: "a slow answer", reason: .targetTimeout, text: "Request timed out",
            reply: .answered(owner: 1002, status: 200),
            breakIt: { $0.answer($1, status: 200, after: .seconds(6)) }),
        Failure(
            testDescription: "a closed port: 502", reason: .targetFailedHealthChecks,
            text: "Health checks failed", reply: .byLoadBalancer(status: 502),
            breakIt: { $0.stop($1) }),
        Failure(
            testDescription: "nobody at the address: 504", reason: .targetTimeout,
            text: "Request timed out", reply: .byLoadBalancer(status: 504),
            breakIt: { $0.live.cloud.removeInterface($1) }),
        Failure(
            testDescription: "a security group that lets nothing in: 504", reason: .targetTimeout,
            text: "Request timed out", reply: .byLoadBalancer(status: 504),
            breakIt: { site, program in
                let closed = site.live.cloud.network.securityGroups.insert(
                    .init(place: .standard, vpc: site.vpc, name: "closed", description: ""))
                site.live.cloud.network.interfaces[program].securityGroups = [closed]
                site.live.cloud.record(.network(.pathsChanged(site.vpc)))
            }),
    ]

    /// A new target is called unhealthy after two failed checks, and as the only one still gets
    /// requests.
    @Test(arguments: failures) func aFailingTargetHasAReasonAndFailsOpen(_ failure: Failure) throws
    {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start()
        #expect(program == 2)
        try site.register(program, in: all.group)
        try failure.breakIt(site, program)
        site.live.run(for: .seconds(29))
        #expect(try site.health(in: all.group) == ["initial Elb.InitialHealthChecking"])
        #expect(site.answers(all.listener) == [.byLoadBalancer(status: 503): 1])
        site.live.run(for: .seconds(12))
        let health = try site.live.elbv2.describeTargetHealth(targetGroupArn: all.group)
            .targetHealthDescriptions![0].targetHealth!
        #expect(health.state == .unhealthy)
        #expect(health.reason == failure.reason)
        #expect(health.description == failure.text)
        #expect(site.answers(all.listener) == [failure.reply: 1])
    }

    @Test func thresholdsCountDownAndUp() throws {
        let site = Site()
        let all = try site.makeAll()
        let (program, other) = (site.start(), site.start(in: 1))
        for each in [program, other] { try site.register(each, in: all.group) }
        site.live.run(for: .seconds(10))
        let first = site.live.cloud.balancing.targets[site.targetID(program)].views[0].firstCheck
        var moves: [(Instant, Balancing.TargetState)] = []
        site.live.watch = { cloud in
            for case .balancing(.targetMoved(_, from: _, to: let state)) in cloud.facts {
                moves.append((cloud.now, state))
            }
        }
        site.answer(program, status: 500)
        site.live.run(for: .seconds(100))
        #expect(site.answers(all.listener) == [.by(other): 1])
        site.answer(program, status: 200)
        site.live.run(for: .seconds(300))
        // The second of the checks at 30 s fails; of the checks since 120 s, the fifth passes.
        #expect(moves.map(\.1) == [.unhealthy, .healthy])
        #expect(moves[0].0 == first + .seconds(60) + .milliseconds(5))
        let lastNode = site.live.cloud.balancing.targets[site.targetID(program)].views[1].firstCheck
        #expect(moves[1].0 == lastNode + .seconds(240) + .milliseconds(5))
    }

    @Test func oneUnhealthyAmongHealthyOnesGetsNothing() throws {
        let site = Site()
        let all = try site.makeAll()
        let programs = [site.start(), site.start(in: 1), site.start()]
        for program in programs { try site.register(program, in: all.group) }
        site.live.run(for: .seconds(10))
        site.stop(programs[1])
        let answers = site.answers(all.listener)
        #expect(answers[.byLoadBalancer(status: 502)]! > 0.33)
        site.live.run(for: .seconds(70))
        #expect(site.answers(all.listener) == [.by(programs[0]): 0.5, .by(programs[2]): 0.5])
    }

    @Test func thresholdsOfTheGroupDecideWhenItFailsOpen() throws {
        for (key, value) in [("count", "3"), ("percentage", "70")] {
            let site = Site()
            let all = try site.makeAll()
            let programs = [site.start(), site.start(in: 1), site.start()]
            for program in programs { try site.register(program, in: all.group) }
            site.live.run(for: .seconds(10))
            site.answer(programs[0], status: 500)
            site.live.run(for: .seconds(70))
            #expect(site.answers(all.listener).count == 2)
            let name = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.\(key)"
            try site.live.elbv2.modifyTargetGroupAttributes(
                targetGroupArn: all.group, attributes: [.init(key: name, value: value)])
            #expect(site.answers(all.listener).count == 3)
            #expect(site.answers(all.listener)[.by(programs[0], 500)] != nil)
        }
    }

    @Test func aTargetInAZoneThatIsNotEnabledIsUnused() throws {
        let site = Site()
        let all = try site.makeAll(subnets: [0, 1])
        let program = site.start(in: 2)
        try site.register(program, in: all.group)
        let health = try site.live.elbv2.describeTargetHealth(targetGroupArn: all.group)
            .targetHealthDescriptions![0]
        #expect(health.targetHealth?.state == .unused)
        #expect(
            health.targetHealth?.description
                == "Target is in an Availability Zone that is not enabled for the load balancer")
        #expect(site.answers(all.listener) == [.byLoadBalancer(status: 503): 1])
        try site.live.elbv2.setSubnets(
            loadBalancerArn: all.balancer, subnets: site.subnetNames([0, 1, 2]))
        site.live.run(for: .seconds(5))
        #expect(try site.health(in: all.group) == ["healthy"])
        #expect(site.answers(all.listener) == [.by(program): 1])
    }

    @Test func withoutCrossZoneANodeKnowsItsOwnZone() throws {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start(in: 1)
        try site.register(program, in: all.group)
        site.live.run(for: .seconds(5))
        try site.live.elbv2.modifyTargetGroupAttributes(
            targetGroupArn: all.group,
            attributes: [.init(key: "load_balancing.cross_zone.enabled", value: "false")])
        #expect(
            site.answers(all.listener) == [.by(program): 0.5, .byLoadBalancer(status: 503): 0.5])
    }

    @Test func aHealthyTargetStaysHealthyWhenNodesComeAndGo() throws {
        let site = Site()
        let all = try site.makeAll(subnets: [0, 1])
        let program = site.start()
        try site.register(program, in: all.group)
        site.live.run(for: .seconds(5))
        for subnets in [[0, 1, 2], [2, 0], [0, 1], [1, 0, 2]] {
            try site.live.elbv2.setSubnets(
                loadBalancerArn: all.balancer, subnets: site.subnetNames(subnets))
            #expect(try site.health(in: all.group) == ["healthy"])
            let views = site.live.cloud.balancing.targets[site.targetID(program)].views
            let balancer = site.live.cloud.loadBalancer(arn: all.balancer, in: .standard)!
            let nodes = site.live.cloud.balancing.loadBalancers[balancer].nodes
            #expect(views.map(\.node) == nodes.map(\.number))
            #expect(Set(nodes.map(\.subnet)) == Set(subnets.map { site.subnets[$0] }))
            site.live.run(for: .seconds(5))
            #expect(try site.health(in: all.group) == ["healthy"])
            #expect(site.answers(all.listener) == [.by(program): 1])
        }
        // And what turns later turns at every node.
        site.stop(program)
        site.live.run(for: .seconds(100))
        #expect(
            site.live.cloud.balancing.targets[site.targetID(program)].views
                .allSatisfy { $0.health == .unhealthy })
        #expect(site.live.cloud.timeline.isEmpty)
    }

    @Test func aNodeThatGoesAwayTakesItsDrainNewsWithIt() throws {
        let site = Site()
        let all = try site.makeAll(subnets: [0, 1])
        let programs = [site.start(in: 1), site.start(in: 1)]
        for program in programs { try site.register(program, in: all.group) }
        site.live.run(for: .seconds(5))
        try site.deregister(programs[0], in: all.group)
        try site.live.elbv2.setSubnets(
            loadBalancerArn: all.balancer, subnets: site.subnetNames([1, 2]))
        site.live.run(for: .seconds(12))
        #expect(site.answers(all.listener) == [.by(programs[1]): 1])
        #expect(site.live.cloud.balancing.targets[site.targetID(programs[0])].views.count == 2)
    }

    @Test func aNewTargetOfANetworkLoadBalancerNeedsItsThreshold() throws {
        let site = Site()
        let balancer = try site.makeLoadBalancer(type: .network)
        let group = try site.makeTargetGroup(protocol: .tcp, healthy: 3)
        let listener = try site.live.elbv2.createListener(
            loadBalancerArn: balancer, protocol: .tcp, port: 80,
            defaultActions: [.init(type: .forward, targetGroupArn: group)]
        ).listeners![0].listenerArn!
        site.live.run(for: .seconds(200))
        let program = site.start()
        try site.register(program, in: group)
        site.live.run(for: .seconds(55))
        #expect(try site.health(in: group) == ["initial Elb.InitialHealthChecking"])
        #expect(site.answers(listener) == [.unreachable: 1])
        site.live.run(for: .seconds(10))
        #expect(try site.health(in: group) == ["healthy"])
        // Zones are not crossed by default: the node of the other zone has nobody.
        #expect(site.answers(listener) == [.by(program): 0.5, .unreachable: 0.5])
    }

    @Test func closedDoorsOfTheLoadBalancerItselfAreUnreachable() throws {
        let site = Site()
        let all = try site.makeAll()
        let closed = site.live.cloud.network.securityGroups.insert(
            .init(place: .standard, vpc: site.vpc, name: "closed", description: ""))
        let program = site.start()
        try site.register(program, in: all.group)
        site.live.run(for: .seconds(5))
        try site.live.elbv2.setSecurityGroups(
            loadBalancerArn: all.balancer, securityGroups: [site.name(of: closed)])
        #expect(site.answers(all.listener) == [.unreachable: 1])
        // The checks cannot get out either.
        site.live.run(for: .seconds(70))
        #expect(try site.health(in: all.group) == ["unhealthy Target.Timeout"])
        try site.live.elbv2.setSecurityGroups(
            loadBalancerArn: all.balancer, securityGroups: [site.groupName])
        site.live.run(for: .seconds(200))
        #expect(site.answers(all.listener) == [.by(program): 1])
    }
}
