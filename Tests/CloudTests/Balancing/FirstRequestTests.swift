import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// From nothing to the first answered request, and what DescribeTargetHealth says on the way.
@Suite struct FirstRequestTests {
    @Test func aNewTargetIsHealthyAfterOneCheck() throws {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start()
        try site.register(program, in: all.group)
        #expect(try site.health(in: all.group) == ["initial Elb.RegistrationInProgress"])
        #expect(site.answers(all.listener) == [.byLoadBalancer(status: 503): 1])
        site.live.run(for: .seconds(4))
        #expect(try site.health(in: all.group) == ["healthy"])
        #expect(site.answers(all.listener) == [.by(program): 1])
    }

    @Test func aLoadBalancerChecksNobodyBeforeItIsActive() throws {
        let site = Site()
        let group = try site.makeTargetGroup()
        let program = site.start()
        try site.register(program, in: group)
        #expect(try site.health(in: group) == ["unused Target.NotInUse"])
        let balancer = try site.makeLoadBalancer()
        let listener = try site.makeListener(balancer, to: group)
        #expect(try site.health(in: group) == ["initial Elb.RegistrationInProgress"])
        site.live.run(for: .seconds(119))
        #expect(site.answers(listener) == [.unreachable: 1])
        #expect(try site.health(in: group) == ["initial Elb.RegistrationInProgress"])
        site.live.run(for: .seconds(5))
        #expect(site.answers(listener) == [.by(program): 1])
        #expect(try site.health(in: group) == ["healthy"])
    }

    @Test func anIdleHourCostsNoEvents() throws {
        let site = Site()
        let all = try site.makeAll()
        for subnet in [0, 1, 0, 1] { try site.register(site.start(in: subnet), in: all.group) }
        site.live.run(for: .seconds(10))
        #expect(site.live.cloud.timeline.isEmpty)
        let hasHappened = site.live.cloud.step(until: site.live.cloud.now + .hours(1))
        #expect(!hasHappened)
        #expect(try site.health(in: all.group) == Array(repeating: "healthy", count: 4))
    }
}
