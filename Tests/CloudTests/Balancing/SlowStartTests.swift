import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// How a new target gets its share little by little, and how a node deals requests out meanwhile.
@Suite struct SlowStartTests {
    private func site() throws -> (site: Site, group: String, listener: ListenerID) {
        let site = Site()
        let all = try site.makeAll()
        try site.live.elbv2.modifyTargetGroupAttributes(
            targetGroupArn: all.group,
            attributes: [.init(key: "slow_start.duration_seconds", value: "100")])
        let listener = site.live.cloud.listener(arn: all.listener, in: .standard)!
        return (site, all.group, listener)
    }

    private func add(to group: String, at site: Site) throws -> InterfaceID {
        let program = site.start()
        try site.register(program, in: group)
        site.live.run(for: .seconds(5))
        return program
    }

    /// How likely the first node takes each target.
    private func shares(_ site: Site, _ listener: ListenerID) -> [Double] {
        site.live.cloud.routes(to: .internet, at: listener)[0].shares.map(\.probability)
    }

    @Test func theFirstTargetsOfAGroupHaveTheirShareAtOnce() throws {
        let (site, group, listener) = try site()
        let programs = [site.start(), site.start()]
        for program in programs { try site.register(program, in: group) }
        site.live.run(for: .seconds(5))
        // One of the two was found healthy first: the other one has somebody beside it.
        let first = shares(site, listener)
        #expect(first.count == 2 && first[0] + first[1] == 1)
        let alone = try self.site()
        _ = try add(to: alone.group, at: alone.site)
        #expect(shares(alone.site, alone.listener) == [1])
    }

    @Test func aNewTargetsShareGrowsAndTheSharesAddUpToOne() throws {
        let (site, group, listener) = try site()
        _ = try add(to: group, at: site)
        _ = try add(to: group, at: site)
        var last = 0.0
        for _ in 0..<11 {
            let shares = shares(site, listener)
            #expect(abs(shares[0] + shares[1] - 1) < 1e-12)
            #expect(shares[1] > last)
            last = shares[1]
            if last == 0.5 { break }
            site.live.run(for: .seconds(10))
        }
        #expect(last == 0.5)
    }

    @Test func eachStepOfTheGrowthIsAFact() throws {
        let (site, group, listener) = try site()
        _ = try add(to: group, at: site)
        let program = site.start()
        try site.register(program, in: group)
        var cloud = site.live.cloud
        var seen = cloud.routes(to: .internet, at: listener)
        let end = cloud.now + .seconds(130)
        var changes = 0
        while cloud.step(until: end) {
            let routes = cloud.routes(to: .internet, at: listener)
            guard routes != seen else { continue }
            #expect(
                cloud.facts.contains {
                    if case .balancing(.routingChanged) = $0 { return true }
                    return false
                })
            changes += 1
            seen = routes
        }
        // Two nodes find it healthy and let it grow in ten steps each.
        #expect(changes == 2 + 2 * Balancing.rampSteps)
        #expect(seen == cloud.routes(to: .internet, at: listener))
    }

    @Test func betweenItsStepsNothingChanges() throws {
        let (site, group, listener) = try site()
        _ = try add(to: group, at: site)
        _ = try add(to: group, at: site)
        var cloud = site.live.cloud
        while let next = cloud.timeline.nextInstant, next < cloud.now + .seconds(120) {
            let before = cloud.routes(to: .internet, at: listener)
            cloud.run(until: next - Duration(nanoseconds: 1))
            #expect(cloud.routes(to: .internet, at: listener) == before)
            cloud.run(until: next)
        }
    }

    @Test func aTargetThatFailsBeginsAnew() throws {
        let (site, group, listener) = try site()
        _ = try add(to: group, at: site)
        let program = try add(to: group, at: site)
        site.live.run(for: .seconds(60))
        site.answer(program, status: 500)
        site.live.run(for: .seconds(90))
        #expect(shares(site, listener) == [1])
        site.answer(program, status: 200)
        // Five checks, 30 s apart.
        site.live.run(for: .seconds(155))
        #expect(shares(site, listener)[1] < 0.3)
        site.live.run(for: .seconds(110))
        #expect(shares(site, listener) == [0.5, 0.5])
    }

    @Test func requestsAreDealtOutByTheShares() throws {
        let (site, group, listener) = try site()
        _ = try add(to: group, at: site)
        _ = try add(to: group, at: site)
        let share = shares(site, listener)[1]
        let cloud = site.live.cloud
        let targets = cloud.balancing.targetGroups[
            cloud.targetGroup(arn: group, in: .standard)!
        ].targets
        let met = (0..<1000).count { nth in
            cloud.route(.init(), at: listener, node: 0, counter: UInt64(nth)) == .target(targets[1])
        }
        #expect(abs(Double(met) / 1000 - share) < 0.01)
    }

    @Test func turningItOffGivesTheFullShareAtOnce() throws {
        let (site, group, listener) = try site()
        _ = try add(to: group, at: site)
        _ = try add(to: group, at: site)
        try site.live.elbv2.modifyTargetGroupAttributes(
            targetGroupArn: group,
            attributes: [.init(key: "slow_start.duration_seconds", value: "0")])
        #expect(shares(site, listener) == [0.5, 0.5])
        site.live.run(for: .seconds(200))
        #expect(shares(site, listener) == [0.5, 0.5])
    }

    @Test func stickinessIsPartOfWhatANodeDoes() throws {
        let (site, group, listener) = try site()
        _ = try add(to: group, at: site)
        #expect(!site.live.cloud.routes(to: .internet, at: listener)[0].isSticky)
        try site.live.elbv2.modifyTargetGroupAttributes(
            targetGroupArn: group, attributes: [.init(key: "stickiness.enabled", value: "true")])
        #expect(site.live.cloud.routes(to: .internet, at: listener)[0].isSticky)
    }
}
