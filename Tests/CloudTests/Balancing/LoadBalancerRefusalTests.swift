import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct LoadBalancerRefusalTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: cases) func refusal(_ c: BalancingRefusal) throws { try c.check() }

    private static func create(
        _ world: BalancingWorld, _ name: String = "new", subnets: [Int] = [0, 1],
        groups: [String]? = nil,
        scheme: ELBv2.LoadBalancerSchemeEnum? = nil, type: ELBv2.LoadBalancerTypeEnum? = nil,
        tags: [ELBv2.Tag]? = nil
    ) throws {
        try world.elb.createLoadBalancer(
            name: name, subnets: world.site.subnetNames(subnets), securityGroups: groups,
            scheme: scheme, tags: tags, type: type)
    }

    private static let tooLong = String(repeating: "a", count: 33)

    static let cases: [BalancingRefusal] = [
        Case(
            "one zone", "ValidationError",
            "At least two subnets in two different Availability Zones must be specified"
        ) { try create($0, subnets: [0]) },
        Case(
            "no subnets", "ValidationError",
            "At least two subnets in two different Availability Zones must be specified"
        ) { try create($0, subnets: []) },
        Case("an unknown subnet", "SubnetNotFound", "The subnet ID 'subnet-1' does not exist") {
            try $0.elb.createLoadBalancer(name: "new", subnets: ["subnet-1", "subnet-2"])
        },
        Case(
            "a security group of nobody", "InvalidSecurityGroup",
            "One or more security groups are invalid"
        ) { try create($0, groups: ["sg-1"]) },
        Case(
            "a name that is too long", "ValidationError",
            "Load balancer name '\(tooLong)' cannot be longer than '32' characters"
        ) { try create($0, tooLong) },
        Case(
            "a name with a dot", "ValidationError",
            """
            Load balancer name 'a.b' can only contain characters that are alphanumeric \
            characters or hyphens(-)
            """
        ) { try create($0, "a.b") },
        Case(
            "a name with a hyphen at its edge", "ValidationError",
            "Load balancer name 'a-' cannot begin or end with '-'"
        ) { try create($0, "a-") },
        Case("a name that begins with internal-", "ValidationError") {
            try create($0, "internal-a")
        },
        Case(
            "a scheme that is none", "ValidationError",
            """
            1 validation error detected: Value 'x' at 'scheme' failed to satisfy constraint: \
            Member must satisfy enum value set: [internet-facing, internal]
            """
        ) { try create($0, scheme: "x") },
        Case(
            "the name of one with other settings", "DuplicateLoadBalancerName",
            "A load balancer with the same name 'web' exists, but with different settings"
        ) { try create($0, "web", scheme: .internal) },
        Case("a tag twice", "DuplicateTagKeys") {
            try create($0, tags: [.init(key: "a", value: "1"), .init(key: "a", value: "2")])
        },
        Case("51 tags", "TooManyTags") {
            try create($0, tags: (0..<51).map { .init(key: "k\($0)", value: "") })
        },
        Case("a gateway load balancer", "UnsupportedOperationException") {
            try create($0, type: .gateway)
        },
        Case("an ARN that is none", "ValidationError", "'web' is not a valid load balancer ARN") {
            try $0.elb.describeLoadBalancers(loadBalancerArns: ["web"])
        },
        Case("an ARN of another region", "ValidationError") {
            try $0.elb.deleteLoadBalancer(
                loadBalancerArn:
                    "arn:aws:elasticloadbalancing:eu-west-1:000000000000:"
                    + "loadbalancer/app/web/0123456789abcdef"
            )
        },
        Case("an unknown ARN", "LoadBalancerNotFound", "One or more load balancers not found") {
            try $0.elb.describeLoadBalancers(loadBalancerArns: [$0.ghost])
        },
        Case("an unknown name", "LoadBalancerNotFound", "Load balancers '[a, b]' not found") {
            try $0.elb.describeLoadBalancers(names: ["a", "web", "b"])
        },
        Case(
            naming: "subnets of an unknown one", "LoadBalancerNotFound",
            { "Load balancer '\($0.ghost)' not found" }
        ) { try $0.elb.setSubnets(loadBalancerArn: $0.ghost, subnets: []) },
        Case(
            "a page of nothing", "ValidationError",
            """
            1 validation error detected: Value '0' at 'pageSize' failed to satisfy constraint: \
            Member must have value greater than or equal to 1
            """
        ) { try $0.elb.describeLoadBalancers(pageSize: 0) },
        Case("a page of 401", "ValidationError") {
            try $0.elb.describeLoadBalancers(pageSize: 401)
        },
        Case("a marker that is none", "ValidationError") {
            try $0.elb.describeLoadBalancers(marker: "abc")
        },
        Case("SetSubnets with one zone", "ValidationError") {
            try $0.elb.setSubnets(loadBalancerArn: $0.balancer, subnets: $0.site.subnetNames([0]))
        },
        Case("SetSecurityGroups with none", "InvalidSecurityGroup") {
            try $0.elb.setSecurityGroups(loadBalancerArn: $0.balancer, securityGroups: [])
        },
        Case("SetIpAddressType with something else", "ValidationError") {
            try $0.elb.setIpAddressType(loadBalancerArn: $0.balancer, ipAddressType: "ipv5")
        },
        Case(
            "an unknown attribute", "ValidationError",
            "Load balancer attribute key 'x' is not recognized"
        ) {
            try $0.elb.modifyLoadBalancerAttributes(
                loadBalancerArn: $0.balancer, attributes: [.init(key: "x", value: "1")])
        },
        Case(
            "an attribute out of range", "ValidationError",
            "'idle_timeout.timeout_seconds' value '4001' must be between '1-4000' inclusive"
        ) {
            try $0.elb.modifyLoadBalancerAttributes(
                loadBalancerArn: $0.balancer,
                attributes: [.init(key: "idle_timeout.timeout_seconds", value: "4001")])
        },
        Case("cross-zone off", "InvalidConfigurationRequest") {
            try $0.elb.modifyLoadBalancerAttributes(
                loadBalancerArn: $0.balancer,
                attributes: [.init(key: "load_balancing.cross_zone.enabled", value: "false")])
        },
    ]
}
