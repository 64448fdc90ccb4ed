import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What happens to a target between DeregisterTargets and its end, and to requests meanwhile.
@Suite struct DrainTests {
    /// A load balancer over two zones with two healthy targets.
    private func site(seed: UInt64 = 1, timing: Timing = Timing()) throws -> (
        site: Site, group: String, listener: String, programs: [InterfaceID]
    ) {
        let site = Site(seed: seed, timing: timing)
        let all = try site.makeAll()
        let programs = [site.start(in: 0), site.start(in: 1)]
        for program in programs { try site.register(program, in: all.group) }
        site.live.run(for: .seconds(10))
        #expect(try site.health(in: all.group) == ["healthy", "healthy"])
        return (site, all.group, all.listener, programs)
    }

    @Test func drainingShowsLaterThanTheCall() throws {
        let (site, group, _, programs) = try site()
        try site.deregister(programs[0], in: group)
        #expect(try site.health(in: group) == ["healthy", "healthy"])
        site.live.run(for: .seconds(1.0))
        #expect(try site.health(in: group) == ["healthy", "healthy"])
        site.live.run(for: .seconds(0.7))
        #expect(
            try site.health(in: group)
                == ["draining Target.DeregistrationInProgress", "healthy"])
    }

    @Test func drainingIsShownForTheWholeDelayAndThenTheTargetIsGone() throws {
        let (site, group, _, programs) = try site()
        try site.live.elbv2.modifyTargetGroupAttributes(
            targetGroupArn: group,
            attributes: [.init(key: "deregistration_delay.timeout_seconds", value: "30")])
        try site.deregister(programs[0], in: group)
        site.live.run(for: .seconds(29))
        #expect(try site.health(in: group).count == 2)
        site.live.run(for: .seconds(4))
        #expect(try site.health(in: group) == ["healthy"])
        let asked = try site.live.elbv2.describeTargetHealth(
            targetGroupArn: group, targets: [.init(id: site.address(of: programs[0]))]
        ).targetHealthDescriptions![0]
        #expect(asked.targetHealth?.state == .unused)
        #expect(asked.targetHealth?.reason == .targetNotRegistered)
        #expect(
            asked.targetHealth?.description == "Target is not registered to the target group")
        #expect(asked.target?.port == 80)
    }

    @Test func eachNodeLearnsOfADeregistrationAtItsOwnTime() throws {
        var timing = Timing()
        timing.deregistrationReachesNode = .between(.seconds(2), .seconds(10))
        var sawOneNode = 0
        for seed in UInt64(1)...20 {
            let (site, group, listener, programs) = try site(seed: seed, timing: timing)
            try site.deregister(programs[0], in: group)
            var shares: [Double] = []
            site.live.watch = { _ in
                shares.append(site.answers(listener)[.by(programs[0])] ?? 0)
            }
            #expect(site.answers(listener)[.by(programs[0])] == 0.5)
            site.live.run(for: .seconds(1.9))
            #expect(site.answers(listener)[.by(programs[0])] == 0.5)
            site.live.run(for: .seconds(10))
            // A half of all requests, then a half of one node's, then none.
            #expect(shares.last == 0)
            #expect(Set(shares).isSubset(of: [0.5, 0.25, 0]))
            if shares.contains(0.25) { sawOneNode += 1 }
            #expect(site.answers(listener) == [.by(programs[1]): 1])
        }
        #expect(sawOneNode == 20)
    }

    @Test func withOnlyDrainingTargetsLeftClientsGet503() throws {
        let (site, group, listener, programs) = try site()
        for program in programs { try site.deregister(program, in: group) }
        site.live.run(for: .seconds(11))
        #expect(try site.health(in: group).count == 2)
        #expect(site.answers(listener) == [.byLoadBalancer(status: 503): 1])
    }

    @Test func aDrainingTargetThatIsRegisteredAgainStartsAnew() throws {
        let (site, group, listener, programs) = try site()
        try site.deregister(programs[0], in: group)
        site.live.run(for: .seconds(20))
        #expect(site.answers(listener) == [.by(programs[1]): 1])
        try site.register(programs[0], in: group)
        #expect(
            try site.health(in: group) == ["initial Elb.RegistrationInProgress", "healthy"])
        site.live.run(for: .seconds(5))
        #expect(try site.health(in: group) == ["healthy", "healthy"])
        #expect(site.answers(listener)[.by(programs[0])] == 0.5)
        // The drain that was under way ends nothing any more.
        site.live.run(for: .seconds(400))
        #expect(try site.health(in: group) == ["healthy", "healthy"])
    }

    @Test func theEndOfAnEarlierDrainDoesNotEndALaterOne() throws {
        let (site, group, listener, programs) = try site()
        try site.deregister(programs[0], in: group)
        site.live.run(for: .seconds(200))
        try site.register(programs[0], in: group)
        site.live.run(for: .seconds(80))
        #expect(site.answers(listener)[.by(programs[0])] == 0.5)
        try site.deregister(programs[0], in: group)
        // The first drain would have ended after 300 s; the second has 280 s to go then.
        site.live.run(for: .seconds(290))
        #expect(
            try site.health(in: group)
                == ["draining Target.DeregistrationInProgress", "healthy"])
        site.live.run(for: .seconds(20))
        #expect(try site.health(in: group) == ["healthy"])
    }

    @Test func anEventOfAnEarlierRegistrationTurnsNoView() throws {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start()
        for _ in 0..<20 {
            try site.register(program, in: all.group)
            site.live.run(for: .milliseconds(300))
            try site.deregister(program, in: all.group)
            site.live.run(for: .milliseconds(100))
        }
        try site.register(program, in: all.group)
        let target = site.targetID(program)
        let firsts = site.live.cloud.balancing.targets[target].views.map(\.firstCheck)
        site.live.run(until: firsts.min()!)
        #expect(try site.health(in: all.group) == ["initial Elb.InitialHealthChecking"])
        site.live.run(until: firsts.max()! + .milliseconds(5))
        #expect(try site.health(in: all.group) == ["healthy"])
    }

    @Test func aTargetNobodySendsToIsGoneAtOnce() throws {
        let site = Site()
        let group = try site.makeTargetGroup()
        let program = site.start()
        try site.register(program, in: group)
        try site.deregister(program, in: group)
        #expect(try site.health(in: group) == [])
        site.live.run(for: .zero)
        #expect(site.live.cloud.balancing.targets.isEmpty)
    }

    @Test func deregisteringWithoutAPortTakesEveryPort() throws {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start()
        for port in [80, 81, 82] { try site.register(program, in: all.group, port: port) }
        try site.live.elbv2.deregisterTargets(
            targetGroupArn: all.group, targets: [.init(id: site.address(of: program), port: 81)])
        site.live.run(for: .seconds(2))
        #expect(try site.health(in: all.group).filter { $0.hasPrefix("draining") }.count == 1)
        try site.deregister(program, in: all.group)
        site.live.run(for: .seconds(2))
        #expect(try site.health(in: all.group).filter { $0.hasPrefix("draining") }.count == 3)
    }

    @Test func aGroupThatLosesItsListenerForgetsDrainingTargetsToo() throws {
        let (site, group, listener, programs) = try site()
        try site.deregister(programs[0], in: group)
        site.live.run(for: .seconds(2))
        try site.live.elbv2.deleteListener(listenerArn: listener)
        #expect(
            try site.health(in: group)
                == ["draining Target.DeregistrationInProgress", "unused Target.NotInUse"])
        let other = try site.makeLoadBalancer("other")
        let second = try site.makeListener(other, to: group)
        site.live.run(for: .seconds(130))
        // The new load balancer never knew the draining one.
        #expect(site.answers(second) == [.by(programs[1]): 1])
    }
}
