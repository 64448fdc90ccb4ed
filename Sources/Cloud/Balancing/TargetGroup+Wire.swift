import CloudAPI
import Simulation

extension ELBv2.TargetGroup {
    init(_ id: TargetGroupID, in cloud: borrowing Cloud) {
        let group = cloud.balancing.targetGroups[id]
        let check = group.healthCheck
        self.init(
            targetGroupArn: cloud.arn(id), targetGroupName: group.name,
            protocol: .init(rawValue: group.protocol), port: group.port,
            vpcId: cloud.naming.ec2ID("vpc", group.vpc, .vpc),
            healthCheckProtocol: .init(rawValue: check.protocol),
            healthCheckPort: check.port.map { "\($0)" } ?? "traffic-port",
            healthCheckEnabled: true,
            healthCheckIntervalSeconds: check.interval.wholeSeconds,
            healthCheckTimeoutSeconds: check.timeout.wholeSeconds,
            healthyThresholdCount: check.healthyThreshold,
            unhealthyThresholdCount: check.unhealthyThreshold, healthCheckPath: check.path,
            matcher: check.matcher.map {
                group.protocolVersion == "GRPC" ? .init(grpcCode: $0) : .init(httpCode: $0)
            },
            loadBalancerArns: group.loadBalancer.map { [cloud.arn($0)] } ?? [],
            targetType: .init(rawValue: group.targetType.rawValue),
            protocolVersion: group.protocolVersion,
            ipAddressType: .init(rawValue: group.ipAddressType))
    }
}

extension Duration {
    var wholeSeconds: Int { Int(nanoseconds / 1_000_000_000) }
}
