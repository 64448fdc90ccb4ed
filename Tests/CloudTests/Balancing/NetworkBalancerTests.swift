import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What a network load balancer does otherwise than an application load balancer.
/// Source: elbv2.md sections 0.1, 5, 6 and 12.
@Suite struct NetworkBalancerTests {
    private struct Setting {
        let site: Site
        let balancer: String
        let group: String
        let listener: String

        init(
            seed: UInt64 = 1, timing: Timing = Timing(), groups: Bool = true,
            attributes: [(String, String)] = []
        ) throws {
            site = Site(seed: seed, timing: timing)
            balancer = try site.live.elbv2.createLoadBalancer(
                name: "web", subnets: site.subnetNames([0, 1]),
                securityGroups: groups ? [site.groupName] : nil, type: .network
            ).loadBalancers![0].loadBalancerArn!
            group = try site.makeTargetGroup(protocol: .tcp, interval: 10, healthy: 3)
            try site.live.elbv2.modifyTargetGroupAttributes(
                targetGroupArn: group,
                attributes: attributes.map { .init(key: $0.0, value: $0.1) })
            listener = try site.live.elbv2.createListener(
                loadBalancerArn: balancer, protocol: .tcp, port: 80,
                defaultActions: [.init(type: .forward, targetGroupArn: group)]
            ).listeners![0].listenerArn!
            site.live.run(for: .seconds(200))
        }

        /// The addresses that clients may get, as places among the nodes.
        var found: [Int] {
            let nodes = site.live.cloud.balancing.loadBalancers.first { _ in true }!.value.nodes
            return nodes.indices.filter { nodes[$0].isInDNS }
        }

        func healthySince(_ program: InterfaceID, registered: Instant) -> Duration {
            let limit = registered + .minutes(10)
            _ = site.live.run(until: limit) { cloud in
                cloud.balancing.targets(
                    at: cloud.network.interfaces[program].address, in: site.vpc
                ).contains { cloud.balancing.targets[$0].state == .healthy }
            }
            return site.live.cloud.now - registered
        }
    }

    @Test func aNewTargetNeedsMinutesAndTheWholeThreshold() throws {
        var took: [Duration] = []
        for seed in UInt64(1)...20 {
            let it = try Setting(seed: seed)
            let program = it.site.start()
            try it.site.register(program, in: it.group)
            took.append(it.healthySince(program, registered: it.site.live.cloud.now))
        }
        // Two intervals of 10 s between three checks; before that up to a minute.
        #expect(took.allSatisfy { (.seconds(20)...(.seconds(85))).contains($0) })
        #expect(took.max()! > .seconds(50) && took.min()! < .seconds(50))
    }

    @Test func aConnectionThatIsAcceptedPassesTheCheck() throws {
        let it = try Setting()
        let program = it.site.start(status: 500)
        try it.site.register(program, in: it.group)
        it.site.live.run(for: .seconds(120))
        #expect(try it.site.health(in: it.group) == ["healthy"])
        #expect(it.site.answers(it.listener)[.by(program, 500)] == 1)
    }

    @Test func aDeregistrationReachesTheNodesWithinTwoMinutes() throws {
        var lags: [Duration] = []
        for seed in UInt64(1)...20 {
            let it = try Setting(seed: seed, attributes: [(crossZone, "true")])
            let programs = [it.site.start(in: 0), it.site.start(in: 1)]
            for program in programs { try it.site.register(program, in: it.group) }
            it.site.live.run(for: .seconds(150))
            try it.site.deregister(programs[0], in: it.group)
            let start = it.site.live.cloud.now
            let isOver = it.site.live.run(until: start + .seconds(121)) { _ in
                it.site.answers(it.listener)[.by(programs[0])] == nil
            }
            #expect(isOver)
            lags.append(it.site.live.cloud.now - start)
        }
        #expect(lags.allSatisfy { $0 >= .seconds(30) }, "whatever the delay is")
        #expect(lags.max()! > .seconds(60))
    }

    private let crossZone = "load_balancing.cross_zone.enabled"
    private let keepsClient = "preserve_client_ip.enabled"

    @Test func requestsStayInTheirZoneAndAZoneWithoutTargetsLeavesTheDNS() throws {
        let it = try Setting()
        #expect(it.found == [0, 1], "while no zone has any, all stay")
        let program = it.site.start(in: 0)
        try it.site.register(program, in: it.group)
        _ = it.healthySince(program, registered: it.site.live.cloud.now)
        #expect(it.site.answers(it.listener) == [.by(program): 0.5, .unreachable: 0.5])
        it.site.live.run(for: .seconds(60))
        #expect(it.found == [0], "names live for a minute")
        #expect(it.site.answers(it.listener) == [.by(program): 1])

        let other = it.site.start(in: 1)
        try it.site.register(other, in: it.group)
        it.site.live.run(for: .seconds(160))
        #expect(it.found == [0, 1])
        #expect(it.site.answers(it.listener) == [.by(program): 0.5, .by(other): 0.5])

        it.site.stop(program)
        it.site.live.run(for: .seconds(90))
        #expect(it.found == [1])
        it.site.stop(other)
        it.site.live.run(for: .seconds(120))
        #expect(it.found == [0, 1], "once all are unwell, all are back")
    }

    @Test func aZoneThatHoldsTooFewLeavesTheDNS() throws {
        let minimum = "target_group_health.dns_failover.minimum_healthy_targets"
        let it = try Setting(attributes: [("\(minimum).count", "2")])
        let programs = [0, 0, 1].map { it.site.start(in: $0) }
        for program in programs { try it.site.register(program, in: it.group) }
        it.site.live.run(for: .seconds(180))
        #expect(it.found == [0])
        try it.site.live.elbv2.modifyTargetGroupAttributes(
            targetGroupArn: it.group,
            attributes: [
                .init(key: "\(minimum).count", value: "off"),
                .init(key: "\(minimum).percentage", value: "100"),
            ])
        it.site.live.run(for: .seconds(61))
        #expect(it.found == [0, 1])
        it.site.stop(programs[0])
        it.site.live.run(for: .seconds(100))
        #expect(it.found == [1], "one of two is less than all")
    }

    @Test func anApplicationLoadBalancerStaysInTheDNSWholly() throws {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start(in: 0)
        try site.register(program, in: all.group)
        site.live.run(for: .minutes(5))
        let nodes = site.live.cloud.balancing.loadBalancers.first { _ in true }!.value.nodes
        #expect(nodes.allSatisfy { $0.isInDNS })
        #expect(site.answers(all.listener) == [.by(program): 1])
    }

    @Test func withTheClientsAddressTheTargetsGroupsMustKnowTheClient() throws {
        let it = try Setting(groups: false, attributes: [(keepsClient, "true")])
        let ec2 = it.site.live.ec2
        let inside = try ec2.createSecurityGroup(
            description: "vpc", groupName: "vpc", vpcId: it.site.vpcName
        ).groupId!
        try ec2.authorizeSecurityGroupIngress(
            cidrIp: "10.0.0.0/16", fromPort: 80, groupId: inside, ipProtocol: "tcp", toPort: 80)
        let programs = [it.site.start(in: 0), it.site.start(in: 1)]
        for program in programs {
            it.site.live.cloud.setGroups(
                [it.site.live.cloud.find(inside, for: it.site.live.caller)!], of: program)
            try it.site.register(program, in: it.group)
        }
        it.site.live.run(for: .seconds(160))
        #expect(try it.site.health(in: it.group) == ["healthy", "healthy"])
        #expect(it.site.answers(it.listener) == [.unreachable: 1], "checks pass, clients do not")

        try ec2.authorizeSecurityGroupIngress(
            cidrIp: "203.0.113.0/24", fromPort: 80, groupId: inside, ipProtocol: "tcp", toPort: 80)
        #expect(it.site.answers(it.listener)[.unreachable] == nil)
        try it.site.live.elbv2.modifyTargetGroupAttributes(
            targetGroupArn: it.group, attributes: [.init(key: keepsClient, value: "false")])
        try ec2.revokeSecurityGroupIngress(
            cidrIp: "203.0.113.0/24", fromPort: 80, groupId: inside, ipProtocol: "tcp", toPort: 80)
        #expect(it.site.answers(it.listener)[.unreachable] == nil, "they see the node's address")
    }

    @Test func aRuleForTheNodesGroupsLetsItsConnectionsIn() throws {
        let it = try Setting(attributes: [(keepsClient, "true")])
        let ec2 = it.site.live.ec2
        let app = try ec2.createSecurityGroup(
            description: "app", groupName: "app", vpcId: it.site.vpcName
        ).groupId!
        try ec2.authorizeSecurityGroupIngress(
            groupId: app,
            ipPermissions: [
                .init(
                    ipProtocol: "tcp", fromPort: 80, toPort: 80,
                    userIdGroupPairs: [.init(groupId: it.site.groupName)])
            ])
        let program = it.site.start(in: 0)
        it.site.live.cloud.setGroups(
            [it.site.live.cloud.find(app, for: it.site.live.caller)!], of: program)
        try it.site.register(program, in: it.group)
        it.site.live.run(for: .seconds(200))
        #expect(it.site.answers(it.listener) == [.by(program): 1])
    }

    @Test(arguments: [
        (ELBv2.ProtocolEnum.tcp, false, false), (.udp, true, false), (.http, false, true),
    ])
    func whatAGroupDoesUnlessToldOtherwise(
        protocol: ELBv2.ProtocolEnum, keepsClient: Bool, cuts: Bool
    ) throws {
        let site = Site()
        try site.makeTargetGroup(protocol: `protocol`)
        let group = site.live.cloud.balancing.targetGroups.first { _ in true }!.value
        #expect(group.keepsClientAddress == keepsClient)
        #expect(group.cutsConnections == cuts)
        #expect(group.minimumHealthyForDNS == 1)
    }

    @Test func eachNodePassesOnConnections() throws {
        let it = try Setting()
        let routes = it.site.live.cloud.routes(
            to: .internet, at: it.site.listenerID(it.listener))
        #expect(routes.allSatisfy { $0.holdsConnections })
    }
}
