import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Actions, conditions and arguments that do not go together: elbv2.md sections 4, 5 and 9.
@Suite struct ActionRefusalTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: actions + conditions + groups + others)
    func refusal(_ c: BalancingRefusal) throws { try c.check() }

    private static let invalid = "ValidationError"

    private static func listen(_ world: BalancingWorld, _ action: ELBv2.Action) throws {
        try world.elb.createListener(
            loadBalancerArn: world.balancer, protocol: .http, port: 8081, defaultActions: [action])
    }

    static let actions: [BalancingRefusal] = [
        Case(
            "an action of no type", invalid,
            "1 validation error detected: Value null at 'defaultActions.1.member.type' failed to "
                + "satisfy constraint: Member must not be null"
        ) { try listen($0, .init()) },
        Case(
            "a forward to nobody", invalid,
            "A target group ARN must be specified for forward actions"
        ) {
            try listen($0, .init(type: .forward))
        },
        Case(
            "two groups where one is meant", invalid,
            "A target group ARN and a forward configuration must name the same target group"
        ) {
            try listen(
                $0,
                .init(
                    type: .forward, targetGroupArn: $0.group,
                    forwardConfig: .init(targetGroups: [.init(targetGroupArn: $0.free)])))
        },
        Case("a group twice", invalid, "A target group can be specified only once for each action")
        {
            let tuple = ELBv2.TargetGroupTuple(targetGroupArn: $0.group)
            try listen(
                $0, .init(type: .forward, forwardConfig: .init(targetGroups: [tuple, tuple])))
        },
        Case(
            "stickiness for no time", invalid,
            "Target group stickiness duration must be between '1-604800' inclusive"
        ) {
            try listen(
                $0,
                .init(
                    type: .forward,
                    forwardConfig: .init(
                        targetGroups: [.init(targetGroupArn: $0.group)],
                        targetGroupStickinessConfig: .init(enabled: true, durationSeconds: 0))))
        },
    ]

    private static func rule(
        _ name: String, _ message: String, _ condition: ELBv2.RuleCondition
    ) -> BalancingRefusal {
        Case(name, invalid, message) {
            try $0.elb.createRule(
                listenerArn: $0.listener, conditions: [condition], priority: 1,
                actions: [BalancingWorld.fixed])
        }
    }

    static let conditions: [BalancingRefusal] = [
        rule(
            "a header without a name", "A 'HttpHeaderName' must be specified",
            .init(field: "http-header", httpHeaderConfig: .init(values: ["a"]))),
        rule(
            "the host as a header", "The 'HttpHeaderName' value 'Host' is not allowed",
            .init(
                field: "http-header",
                httpHeaderConfig: .init(httpHeaderName: "Host", values: ["a"]))),
        rule(
            "a method without its configuration",
            "A 'HttpRequestMethodConfig' must be specified with 'http-request-method'",
            .init(field: "http-request-method")),
        rule(
            "a query without its configuration",
            "A 'QueryStringConfig' must be specified with 'query-string'",
            .init(field: "query-string")),
        rule(
            "a source without its configuration",
            "A 'SourceIpConfig' must be specified with 'source-ip'", .init(field: "source-ip")),
    ]

    private static func group(
        _ world: BalancingWorld, _ protocol: ELBv2.ProtocolEnum, version: String? = nil,
        check: ELBv2.ProtocolEnum? = nil, matcher: ELBv2.Matcher? = nil
    ) throws {
        try world.elb.createTargetGroup(
            name: "new", protocol: `protocol`, protocolVersion: version, port: 80,
            vpcId: world.site.vpcName, healthCheckProtocol: check, matcher: matcher,
            targetType: .ip)
    }

    static let groups: [BalancingRefusal] = [
        Case(
            "codes of a connection", "InvalidConfigurationRequest",
            "A matcher cannot be specified for health check protocol 'TCP'"
        ) { try group($0, .tcp, matcher: .init(httpCode: "200")) },
        Case("a matcher without a code", invalid, "A matcher must have an HttpCode") {
            try group($0, .http, matcher: .init())
        },
        Case("a matcher without gRPC's code", invalid, "A matcher must have a GrpcCode") {
            try group($0, .http, version: "GRPC", matcher: .init(httpCode: "200"))
        },
        Case(
            "a version of HTTP where there is none", invalid,
            "Protocol version cannot be specified for target groups with the TCP protocol"
        ) { try group($0, .tcp, version: "HTTP1") },
        Case(
            "a slow start with another algorithm", "InvalidConfigurationRequest",
            "Slow start is not supported with the load balancing algorithm "
                + "'least_outstanding_requests'"
        ) {
            try $0.elb.modifyTargetGroupAttributes(
                targetGroupArn: $0.group,
                attributes: [
                    .init(key: "slow_start.duration_seconds", value: "60"),
                    .init(
                        key: "load_balancing.algorithm.type", value: "least_outstanding_requests"),
                ])
        },
    ]

    static let others: [BalancingRefusal] = [
        Case(
            "a policy for plain HTTP", invalid,
            "An SSL policy cannot be specified for HTTP listeners"
        ) {
            try $0.elb.createListener(
                loadBalancerArn: $0.balancer, protocol: .http, port: 8081,
                sslPolicy: "ELBSecurityPolicy-2016-08", defaultActions: [BalancingWorld.fixed])
        },
        Case("a rule by another name", invalid, "'arn:a' is not a valid listener rule ARN") {
            try $0.elb.deleteRule(ruleArn: "arn:a")
        },
        Case(
            "listeners by both", invalid,
            "Listener ARNs and a load balancer ARN cannot be specified at the same time"
        ) {
            try $0.elb.describeListeners(
                loadBalancerArn: $0.balancer, listenerArns: [$0.listener])
        },
        Case(
            "load balancers by both", invalid,
            "Load balancer names and load balancer ARNs cannot be specified at the same time"
        ) {
            try $0.elb.describeLoadBalancers(loadBalancerArns: [$0.balancer], names: ["web"])
        },
        Case(
            "a rule without a priority", invalid,
            "1 validation error detected: Value null at 'rulePriorities.1.member.priority' failed "
                + "to satisfy constraint: Member must not be null"
        ) { try $0.elb.setRulePriorities(rulePriorities: [.init(ruleArn: $0.rule)]) },
        Case(
            "subnets in both ways", invalid,
            "Subnets and subnet mappings cannot be specified at the same time"
        ) {
            let subnet = $0.site.subnetNames([0])[0]
            try $0.elb.setSubnets(
                loadBalancerArn: $0.balancer, subnets: [subnet],
                subnetMappings: [.init(subnetId: subnet)])
        },
        Case("a tag of AWS's", invalid, "Tag keys cannot begin with 'aws:'") {
            try $0.elb.addTags(
                resourceArns: [$0.balancer], tags: [.init(key: "aws:a", value: "b")])
        },
    ]

    @Test func aNetworkLoadBalancerOnlyPassesOn() throws {
        let world = try BalancingWorld()
        let balancer = try world.site.makeLoadBalancer("net", type: .network)
        try expectRefusal(
            "InvalidLoadBalancerAction",
            "Network Load Balancers only support forward actions with one target group",
            of: world.site.live
        ) {
            try world.elb.createListener(
                loadBalancerArn: balancer, protocol: .tcp, port: 80,
                defaultActions: [BalancingWorld.fixed])
        }
        try expectRefusal(
            "ValidationError", "IPAM pools can be used with Application Load Balancers only",
            of: world.site.live
        ) {
            try world.elb.modifyIpPools(
                loadBalancerArn: balancer, ipamPools: .init(ipv4IpamPoolId: "pool"))
        }
    }

    @Test func whatBelongsToAnotherVpcDoesNotFit() throws {
        let world = try BalancingWorld()
        let ec2 = world.site.live.ec2
        let vpc = try ec2.createVpc(cidrBlock: "10.9.0.0/16").vpc!.vpcId!
        let subnet = try ec2.createSubnet(
            availabilityZone: "us-east-1b", cidrBlock: "10.9.1.0/24", vpcId: vpc
        ).subnet!.subnetId!
        try expectRefusal(
            "InvalidConfigurationRequest", "All subnets must belong to the same VPC",
            of: world.site.live
        ) {
            try world.elb.createLoadBalancer(
                name: "new", subnets: world.site.subnetNames([0]) + [subnet])
        }
        let group = try world.elb.createTargetGroup(
            name: "away", protocol: .http, port: 80, vpcId: vpc, targetType: .ip
        ).targetGroups![0].targetGroupArn!
        try expectRefusal(
            "InvalidConfigurationRequest",
            "Target group '\(group)' is not in the VPC of load balancer '\(world.balancer)'",
            of: world.site.live
        ) { try Self.listen(world, BalancingWorld.forward(group)) }
    }

    @Test func aPlaceHasThreeThousandTargetGroups() throws {
        let site = Site()
        for number in 0..<3000 { try site.makeTargetGroup("g\(number)") }
        try expectRefusal(
            "TooManyTargetGroups", "The maximum number of target groups has been reached",
            of: site.live
        ) { try site.makeTargetGroup("more") }
    }
}
