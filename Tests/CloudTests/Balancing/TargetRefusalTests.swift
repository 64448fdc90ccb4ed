import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct TargetRefusalTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: cases) func refusal(_ c: BalancingRefusal) throws { try c.check() }

    private static func register(
        _ world: BalancingWorld, _ id: String, zone: String? = nil, port: Int? = nil
    ) throws {
        try world.elb.registerTargets(
            targetGroupArn: world.group,
            targets: [.init(id: "10.0.0.77"), .init(id: id, port: port, availabilityZone: zone)])
    }

    static let cases: [BalancingRefusal] = [
        Case(
            naming: "an unknown group", "TargetGroupNotFound",
            { "Target group '\($0.ghostGroup)' not found" }
        ) { try $0.elb.registerTargets(targetGroupArn: $0.ghostGroup, targets: []) },
        Case(
            "an address inside with zone all", "ValidationError",
            """
            The IP address '10.0.1.9' is within the VPC, and cannot have its Availability Zone \
            overridden to 'all' from 'us-east-1b'
            """
        ) { try register($0, "10.0.1.9", zone: "all") },
        Case(
            "an address outside without a zone", "ValidationError",
            """
            The Availability Zone is required for IP address '10.4.40.87' because it is not in \
            the VPC
            """
        ) { try register($0, "10.4.40.87") },
        Case("a public address", "ValidationError") { try register($0, "8.8.8.8", zone: "all") },
        Case("no address", "ValidationError") { try register($0, "web-1") },
        Case("a port out of range", "ValidationError") { try register($0, "10.0.1.9", port: 0) },
        Case(
            "an instance", "InvalidTarget",
            "The following targets are not in a running state and cannot be registered: 'i-1'"
        ) {
            let group = try $0.elb.describeTargetGroups(names: ["instances"]).targetGroups![0]
            try $0.elb.registerTargets(
                targetGroupArn: group.targetGroupArn!, targets: [.init(id: "i-1")])
        },
        Case(
            naming: "the health of an unknown group", "TargetGroupNotFound",
            { "Target group '\($0.ghostGroup)' not found" }
        ) { try $0.elb.describeTargetHealth(targetGroupArn: $0.ghostGroup) },
    ]
}
