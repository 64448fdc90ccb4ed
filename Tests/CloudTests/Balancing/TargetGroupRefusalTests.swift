import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct TargetGroupRefusalTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: cases) func refusal(_ c: BalancingRefusal) throws { try c.check() }

    private static func group(
        _ world: BalancingWorld, _ name: String = "new", protocol: ELBv2.ProtocolEnum? = .http,
        version: String? = nil, port: Int? = 80, vpc: String?? = .none,
        checks: ELBv2.ProtocolEnum? = nil, checkPort: String? = nil, path: String? = nil,
        interval: Int? = nil, timeout: Int? = nil, healthy: Int? = nil, matcher: String? = nil,
        type: ELBv2.TargetTypeEnum = .ip
    ) throws {
        try world.elb.createTargetGroup(
            name: name, protocol: `protocol`, protocolVersion: version, port: port,
            vpcId: vpc ?? world.site.vpcName, healthCheckProtocol: checks,
            healthCheckPort: checkPort, healthCheckPath: path, healthCheckIntervalSeconds: interval,
            healthCheckTimeoutSeconds: timeout, healthyThresholdCount: healthy,
            matcher: matcher.map { .init(httpCode: $0) }, targetType: type)
    }

    private static let tooLong = String(repeating: "A", count: 33)

    static let cases: [BalancingRefusal] = [
        Case(
            "a name that is too long", "ValidationError",
            "Target group name '\(tooLong)' cannot be longer than '32' characters"
        ) { try group($0, tooLong) },
        Case(
            "a name with a space", "ValidationError",
            """
            Target group name 'a b' can only contain characters that are alphanumeric characters \
            or hyphens(-)
            """
        ) { try group($0, "a b") },
        Case(
            "a hyphen at the edge", "ValidationError",
            "Target group name '-a' cannot begin or end with '-'"
        ) { try group($0, "-a") },
        Case("no protocol", "ValidationError", "A protocol must be specified") {
            try group($0, protocol: nil)
        },
        Case("no port", "ValidationError", "A port must be specified") { try group($0, port: nil) },
        Case("no VPC", "ValidationError", "A VPC ID must be specified") {
            try group($0, vpc: .some(nil))
        },
        Case("an unknown VPC", "ValidationError", "The VPC ID 'vpc-1' is not found") {
            try group($0, vpc: "vpc-1")
        },
        Case(
            "a function with a port", "ValidationError",
            "Port cannot be specified for target groups with target type 'lambda'"
        ) { try group($0, type: .lambda) },
        Case(
            "a function with a VPC", "ValidationError",
            "VPC ID cannot be specified for target groups with target type 'lambda'"
        ) { try group($0, protocol: nil, port: nil, type: .lambda) },
        Case("a function", "UnsupportedOperationException") {
            try group($0, protocol: nil, port: nil, vpc: .some(nil), type: .lambda)
        },
        Case(
            "a protocol that is none", "ValidationError",
            """
            1 validation error detected: Value 'x' at 'protocol' failed to satisfy constraint: \
            Member must satisfy enum value set: [HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP, GENEVE, \
            QUIC, TCP_QUIC]
            """
        ) { try group($0, protocol: "x") },
        Case("a version that is none", "ValidationError") { try group($0, version: "HTTP3") },
        Case("a port out of range", "ValidationError") { try group($0, port: 65536) },
        Case(
            "a timeout as long as the interval", "ValidationError",
            "Health check timeout '30' must be smaller than the interval '30'"
        ) { try group($0, interval: 30, timeout: 30) },
        Case(
            "a timeout longer than the interval, TCP", "ValidationError",
            "Health check timeout '31' must be smaller than or equal to the interval '30'"
        ) { try group($0, protocol: .tcp, interval: 30, timeout: 31) },
        Case(
            "an interval below 5", "ValidationError",
            """
            1 validation error detected: Value '4' at 'healthCheckIntervalSeconds' failed to \
            satisfy constraint: Member must have value greater than or equal to 5
            """
        ) { try group($0, interval: 4) },
        Case(
            "a threshold above 10", "ValidationError",
            """
            1 validation error detected: Value '11' at 'healthyThresholdCount' failed to satisfy \
            constraint: Member must have value less than or equal to 10
            """
        ) { try group($0, healthy: 11) },
        Case("TCP checks for HTTP", "ValidationError") { try group($0, checks: .tcp) },
        Case("a path for TCP", "ValidationError") { try group($0, protocol: .tcp, path: "/") },
        Case("a path without a slash", "ValidationError") { try group($0, path: "health") },
        Case("a check port that is none", "ValidationError") { try group($0, checkPort: "http") },
        Case("codes out of range", "ValidationError") { try group($0, matcher: "200-500") },
        Case("codes that are none", "ValidationError") { try group($0, matcher: "200,x") },
        Case(
            "the name of one with other settings", "DuplicateTargetGroupName",
            "A target group with the same name 'used' exists, but with different settings"
        ) { try group($0, "used", port: 81) },
        Case(
            naming: "deleting one in use", "ResourceInUse",
            { "Target group '\($0.group)' is currently in use by a listener or a rule" }
        ) { try $0.elb.deleteTargetGroup(targetGroupArn: $0.group) },
        Case("an ARN that is none", "ValidationError", "'x' is not a valid target group ARN") {
            try $0.elb.deleteTargetGroup(targetGroupArn: "x")
        },
        Case("an unknown ARN", "TargetGroupNotFound", "One or more target groups not found") {
            try $0.elb.describeTargetGroups(targetGroupArns: [$0.ghostGroup])
        },
        Case("an unknown name", "TargetGroupNotFound", "One or more target groups not found") {
            try $0.elb.describeTargetGroups(names: ["x"])
        },
        Case(
            "two selectors", "ValidationError",
            """
            Target group names, target group ARNs, and a load balancer ARN cannot be specified \
            at the same time
            """
        ) { try $0.elb.describeTargetGroups(loadBalancerArn: $0.balancer, names: ["used"]) },
        Case(
            "a timeout that does not fit the interval there is", "ValidationError",
            "Health check timeout '40' must be smaller than the interval '30'"
        ) {
            try $0.elb.modifyTargetGroup(targetGroupArn: $0.group, healthCheckTimeoutSeconds: 40)
        },
        Case("checks turned off", "InvalidConfigurationRequest") {
            try $0.elb.modifyTargetGroup(targetGroupArn: $0.group, healthCheckEnabled: false)
        },
        attribute(
            "deregistration_delay.timeout_seconds", "4000", "ValidationError",
            "'deregistration_delay.timeout_seconds' value '4000' must be between '0-3600' inclusive"
        ),
        attribute(
            "stickiness.type", "source_ip", "InvalidConfigurationRequest",
            """
            Stickiness type 'source_ip' is not supported for target groups with the HTTP \
            protocol
            """),
        attribute("x", "1", "ValidationError", "Target group attribute key 'x' is not recognized"),
        attribute(
            "slow_start.duration_seconds", "10", "ValidationError",
            "'slow_start.duration_seconds' value '10' must be between '30-900' inclusive"),
        attribute("stickiness.enabled", "yes", "ValidationError", nil),
        attribute(
            "load_balancing.algorithm.anomaly_mitigation", "on",
            "InvalidConfigurationRequest", nil),
    ]

    private static func attribute(
        _ key: String, _ value: String, _ code: String, _ message: String?
    ) -> Case {
        let call: @Sendable (BalancingWorld) throws -> Void = {
            try $0.elb.modifyTargetGroupAttributes(
                targetGroupArn: $0.group, attributes: [.init(key: key, value: value)])
        }
        guard let message else { return Case("\(key)=\(value)", code, nil, call) }
        return Case("\(key)=\(value)", code, message, call)
    }
}
