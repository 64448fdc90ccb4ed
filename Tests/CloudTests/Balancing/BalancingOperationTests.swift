import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What the operations answer when they do not refuse.
@Suite struct BalancingOperationTests {
    @Test func aNewLoadBalancerIsDescribedInFull() throws {
        let site = Site()
        let made = try site.live.elbv2.createLoadBalancer(
            name: "My-LB", subnets: site.subnetNames([0, 1]), tags: [.init(key: "a", value: "b")]
        ).loadBalancers![0]
        #expect(
            made.loadBalancerArn!.hasPrefix(
                "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/My-LB/"))
        #expect(made.dnsName!.hasPrefix("My-LB-"))
        #expect(made.dnsName!.hasSuffix(".us-east-1.elb.amazonaws.com"))
        #expect(made.canonicalHostedZoneId == "Z35SXDOTRQ7X7K")
        #expect(made.scheme == .internetFacing)
        #expect(made.type == .application)
        #expect(made.state?.code == .provisioning)
        #expect(made.vpcId == site.vpcName)
        #expect(made.securityGroups == [site.groupName])
        #expect(made.ipAddressType == .ipv4)
        #expect(made.availabilityZones?.map(\.zoneName) == ["us-east-1a", "us-east-1b"])
        #expect(made.availabilityZones?.map(\.subnetId) == site.subnetNames([0, 1]))
        site.live.run(for: .seconds(120))
        let again = try site.live.elbv2.describeLoadBalancers(names: ["My-LB"]).loadBalancers![0]
        #expect(again.state?.code == .active)
        let interfaces = Array(site.live.cloud.network.interfaces.values)
        #expect(interfaces.count == 2)
        let name = made.loadBalancerArn!.split(separator: "/", maxSplits: 1)[1]
        #expect(interfaces.allSatisfy { $0.description == "ELB \(name)" })
        #expect(interfaces.allSatisfy { $0.publicAddress != nil })
    }

    @Test func anInternalOneHasPrivateAddressesAndNeedsNoGateway() throws {
        let site = Site(hasGateway: false)
        let made = try site.live.elbv2.createLoadBalancer(
            name: "a", subnets: site.subnetNames([0, 1]), scheme: .internal
        ).loadBalancers![0]
        #expect(made.dnsName!.hasPrefix("internal-a-"))
        #expect(site.live.cloud.network.interfaces.values.allSatisfy { $0.publicAddress == nil })
        try expectRefusal(
            "InvalidSubnet", "VPC \(site.vpcName) has no internet gateway", of: site.live
        ) { try site.makeLoadBalancer("b") }
    }

    @Test func subnetsMustHaveEightFreeAddressesAndZonesOfTheirOwn() throws {
        let small = Site(blockPrefix: 28)
        // 11 are free: three nodes leave 8, a fourth 7.
        for number in 0..<4 { try small.makeLoadBalancer("lb-\(number)") }
        let name = small.name(of: small.subnets[0])
        try expectRefusal(
            "InvalidSubnet",
            """
            Not enough IP space available in \(name). ELB requires at least 8 free IP addresses \
            in each subnet.
            """,
            of: small.live
        ) { try small.makeLoadBalancer("one-more") }
        // What is there already can be asked for again.
        try small.makeLoadBalancer("lb-3")
        let wide = Site(zones: 7)
        try expectRefusal(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
            of: wide.live
        ) { try wide.makeLoadBalancer(subnets: [0, 1, 6]) }
    }

    @Test func creatingWhatIsThereAnswersWhatIsThere() throws {
        let site = Site()
        let all = try site.makeAll()
        let before = try saved(site.live.cloud)
        #expect(try site.makeLoadBalancer() == all.balancer)
        #expect(try site.makeTargetGroup() == all.group)
        #expect(try site.makeListener(all.balancer, to: all.group) == all.listener)
        let after = try saved(site.live.cloud)
        #expect(before == after)
    }

    struct GroupCase: Sendable {
        let `protocol`: ELBv2.ProtocolEnum
        var version: String?
        var check: ELBv2.ProtocolEnum?
        let expected: [String]
    }

    @Test(arguments: [
        GroupCase(
            protocol: .http,
            expected: ["HTTP", "traffic-port", "/", "30", "5", "5", "2", "200", "HTTP1"]),
        GroupCase(
            protocol: .https, version: "HTTP2",
            expected: ["HTTP", "traffic-port", "/", "30", "5", "5", "2", "200", "HTTP2"]),
        GroupCase(
            protocol: .http, version: "GRPC",
            expected: [
                "HTTP", "traffic-port", "/AWS.ALB/healthcheck", "30", "5", "5", "2", "grpc 12",
                "GRPC",
            ]),
        GroupCase(
            protocol: .tcp, expected: ["TCP", "traffic-port", "-", "30", "10", "5", "2", "-", "-"]),
        GroupCase(
            protocol: .tcp, check: .http,
            expected: ["HTTP", "traffic-port", "/", "30", "6", "5", "2", "200-399", "-"]),
    ])
    func aNewTargetGroupHasTheDefaultsOfItsProtocol(_ c: GroupCase) throws {
        let site = Site()
        let group = try site.live.elbv2.createTargetGroup(
            name: "a", protocol: c.protocol, protocolVersion: c.version, port: 80,
            vpcId: site.vpcName, healthCheckProtocol: c.check
        ).targetGroups![0]
        let found: [String?] = [
            group.healthCheckProtocol?.rawValue, group.healthCheckPort, group.healthCheckPath,
            group.healthCheckIntervalSeconds.map { "\($0)" },
            group.healthCheckTimeoutSeconds.map { "\($0)" },
            group.healthyThresholdCount.map { "\($0)" },
            group.unhealthyThresholdCount.map { "\($0)" },
            group.matcher?.httpCode ?? group.matcher?.grpcCode.map { "grpc " + $0 },
            group.protocolVersion,
        ]
        #expect(found.map { $0 ?? "-" } == c.expected)
        #expect(group.targetType == .instance)
        #expect(group.loadBalancerArns == [])
        #expect(group.healthCheckEnabled == true)
    }

    @Test func pagesComeInOrderAndSurviveADeletion() throws {
        let site = Site()
        let names = (0..<250).map { "group-\($0)" }
        for name in names { try site.makeTargetGroup(name) }
        let first = try site.live.elbv2.describeTargetGroups()
        #expect(first.targetGroups?.map(\.targetGroupName) == names.prefix(100).map { $0 })
        for group in first.targetGroups!.prefix(10) {
            try site.live.elbv2.deleteTargetGroup(targetGroupArn: group.targetGroupArn!)
        }
        let second = try site.live.elbv2.describeTargetGroups(
            marker: first.nextMarker, pageSize: 150)
        #expect(second.targetGroups?.map(\.targetGroupName) == names[100...].map { $0 })
        #expect(second.nextMarker == nil)
    }

    @Test func aListenerAndItsRulesAreDescribedAsAWSDoes() throws {
        let site = Site()
        let all = try site.makeAll()
        let listener = try site.live.elbv2.describeListeners(loadBalancerArn: all.balancer)
            .listeners![0]
        let action = listener.defaultActions![0]
        #expect(action.targetGroupArn == all.group)
        #expect(action.forwardConfig?.targetGroups?.map(\.weight) == [1])
        #expect(action.forwardConfig?.targetGroupStickinessConfig?.enabled == false)
        try site.live.elbv2.createRule(
            listenerArn: all.listener,
            conditions: [.init(field: "host-header", hostHeaderConfig: .init(values: ["a", "b"]))],
            priority: 7,
            actions: [
                .init(
                    type: .redirect, redirectConfig: .init(port: "443", statusCode: .http302))
            ])
        let rules = try site.live.elbv2.describeRules(listenerArn: all.listener).rules!
        #expect(rules.map(\.priority) == ["7", "default"])
        #expect(rules.map(\.isDefault) == [false, true])
        #expect(rules[0].conditions?[0].values == ["a", "b"])
        #expect(rules[0].conditions?[0].hostHeaderConfig?.values == ["a", "b"])
        let redirect = rules[0].actions![0].redirectConfig!
        #expect(redirect.protocol == "#{protocol}")
        #expect(redirect.path == "/#{path}")
        let byARN = try site.live.elbv2.describeRules(
            ruleArns: [rules[1].ruleArn!, rules[0].ruleArn!]).rules!
        #expect(byARN.map(\.ruleArn) == [rules[1].ruleArn, rules[0].ruleArn])
    }

    @Test func deletingALoadBalancerLeavesGroupsAndTargets() throws {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start()
        try site.register(program, in: all.group)
        site.live.run(for: .seconds(5))
        try site.live.elbv2.modifyLoadBalancerAttributes(
            loadBalancerArn: all.balancer,
            attributes: [.init(key: "deletion_protection.enabled", value: "true")])
        try expectRefusal(
            "OperationNotPermitted",
            """
            Load balancer '\(all.balancer)' cannot be deleted because deletion protection is \
            enabled
            """,
            of: site.live
        ) { try site.live.elbv2.deleteLoadBalancer(loadBalancerArn: all.balancer) }
        try site.live.elbv2.modifyLoadBalancerAttributes(
            loadBalancerArn: all.balancer,
            attributes: [.init(key: "deletion_protection.enabled", value: "false")])
        let id = site.listenerID(all.listener)
        try site.live.elbv2.deleteLoadBalancer(loadBalancerArn: all.balancer)
        try site.live.elbv2.deleteLoadBalancer(loadBalancerArn: all.balancer)
        #expect(site.live.cloud.network.interfaces.count == 1)
        #expect(site.live.cloud.balancing.listeners.isEmpty)
        #expect(try site.health(in: all.group) == ["unused Target.NotInUse"])
        #expect(site.live.cloud.answers(to: .internet, at: id).map(\.reply) == [.unreachable])
        try site.live.elbv2.deleteTargetGroup(targetGroupArn: all.group)
        try site.live.elbv2.deleteTargetGroup(targetGroupArn: all.group)
        #expect(site.live.cloud.balancing.targets.isEmpty)
    }

    @Test func theFactsSayThatRoutingChanged() throws {
        let site = Site()
        let all = try site.makeAll()
        var changes = 0
        site.live.watch = { cloud in
            for case .balancing(.routingChanged) in cloud.facts { changes += 1; break }
        }
        let elb = site.live.elbv2
        let fixed = ELBv2.Action(
            type: .fixedResponse, fixedResponseConfig: .init(statusCode: "200"))
        let path = ELBv2.RuleCondition(field: "path-pattern", values: ["/a"])
        let rule = try elb.createRule(
            listenerArn: all.listener, conditions: [path], priority: 1, actions: [fixed]
        ).rules![0].ruleArn!
        try elb.modifyRule(ruleArn: rule, conditions: [path])
        try elb.setRulePriorities(rulePriorities: [.init(ruleArn: rule, priority: 9)])
        try elb.modifyListener(listenerArn: all.listener, port: 81)
        try elb.setSubnets(loadBalancerArn: all.balancer, subnets: site.subnetNames([1, 2]))
        try elb.deleteRule(ruleArn: rule)
        try elb.deleteListener(listenerArn: all.listener)
        try elb.deleteLoadBalancer(loadBalancerArn: all.balancer)
        #expect(changes == 8)
    }

    @Test func aListenerThatMovesToAnotherPortAnswersThereOnly() throws {
        let site = Site()
        let all = try site.makeAll()
        let program = site.start()
        try site.register(program, in: all.group)
        site.live.run(for: .seconds(5))
        let node = site.live.cloud.balancing.loadBalancers[0].nodes[0].interface
        try site.live.elbv2.modifyListener(listenerArn: all.listener, port: 8080)
        let network = site.live.cloud.network
        #expect(network.connect(from: .internet, to: node, port: 80) == .refused(by: node))
        #expect(site.answers(all.listener) == [.by(program): 1])
    }
}
