import CloudAPI
import Simulation

extension ELBv2.CreateTargetGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Balancing.checkName(name, of: "Target group")
        try checkEnums()
        let (groupProtocol, port, vpc) = try wantedNetwork(in: cloud, caller)
        let version = try wantedVersion(for: groupProtocol)
        var check = Balancing.HealthCheck.standard(
            for: groupProtocol, version: version, checked: healthCheckProtocol?.rawValue)
        try check.take(
            .init(
                protocol: healthCheckProtocol, port: healthCheckPort,
                isEnabled: healthCheckEnabled, path: healthCheckPath,
                interval: healthCheckIntervalSeconds, timeout: healthCheckTimeoutSeconds,
                healthyThreshold: healthyThresholdCount,
                unhealthyThreshold: unhealthyThresholdCount, matcher: matcher),
            groupProtocol: groupProtocol, version: version)
        var group = Balancing.TargetGroup(
            place: caller.place, name: name, protocol: groupProtocol, protocolVersion: version,
            port: port, vpc: vpc, targetType: targetType == .ip ? .ip : .instance,
            healthCheck: check, ipAddressType: ipAddressType?.rawValue ?? "ipv4",
            tags: try ELBv2.Tag.read(tags))
        group.takeAttributes()

        // Asking again for what is there is no error: elbv2.md section 0.6.
        if let known = cloud.balancing.targetGroupIDs[PlacedName(name, in: caller.place)] {
            guard cloud.balancing.targetGroups[known].hasSettings(of: group) else {
                throw .duplicateTargetGroup(name)
            }
            return Output(targetGroups: [.init(known, in: cloud)])
        }
        guard cloud.balancing.targetGroupsByPlace[caller.place]?.count ?? 0 < 3000 else {
            throw .tooManyTargetGroups
        }

        let id = cloud.balancing.insert(group)

        return Output(targetGroups: [.init(id, in: cloud)])
    }

    private func checkEnums() throws(APIFailure) {
        try Balancing.checkEnum(`protocol`?.rawValue, at: "protocol", of: "ProtocolEnum")
        try Balancing.checkEnum(targetType?.rawValue, at: "targetType", of: "TargetTypeEnum")
        try Balancing.checkEnum(
            ipAddressType?.rawValue, at: "ipAddressType", of: "TargetGroupIpAddressTypeEnum")
        try Balancing.checkRange(port, 1...65535, at: "port")
    }

    /// Protocol, port and VPC, which all types of targets need but functions.
    private func wantedNetwork(
        in cloud: Cloud, _ caller: Caller
    ) throws(APIFailure) -> (protocol: String, port: Int, vpc: VpcID) {
        if targetType == .lambda {
            func refuse(_ what: String) -> APIFailure {
                .balancingInvalid(
                    "\(what) cannot be specified for target groups with target type 'lambda'")
            }
            if port != nil { throw refuse("Port") }
            if `protocol` != nil { throw refuse("Protocol") }
            if vpcId != nil { throw refuse("VPC ID") }
            throw .balancingNotSupported("target groups with target type 'lambda'")
        }
        guard let groupProtocol = `protocol`?.rawValue else {
            throw .balancingInvalid("A protocol must be specified")
        }
        guard let port else { throw .balancingInvalid("A port must be specified") }
        guard let vpcId, !vpcId.isEmpty else {
            throw .balancingInvalid("A VPC ID must be specified")
        }
        guard let vpc: VpcID = cloud.naming.ec2ID(vpcId, "vpc", .vpc),
            cloud.network.vpcs.find(vpc)?.place == caller.place
        else { throw .balancingInvalid("The VPC ID '\(vpcId)' is not found") }
        if targetType == .alb {
            throw .balancingNotSupported("target groups with target type 'alb'")
        }
        guard ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"].contains(groupProtocol) else {
            throw .balancingNotSupported("target groups with protocol '\(groupProtocol)'")
        }
        return (groupProtocol, port, vpc)
    }

    private func wantedVersion(for groupProtocol: String) throws(APIFailure) -> String? {
        guard ["HTTP", "HTTPS"].contains(groupProtocol) else {
            guard protocolVersion == nil else {
                // Assumed.
                throw .balancingInvalid(
                    "Protocol version cannot be specified for target groups with the "
                        + "\(groupProtocol) protocol")
            }
            return nil
        }
        let version = protocolVersion ?? "HTTP1"
        guard ["HTTP1", "HTTP2", "GRPC"].contains(version) else {
            // Assumed.
            throw .balancingInvalid(
                "Protocol version '\(version)' must be one of 'GRPC, HTTP1, HTTP2'")
        }
        return version
    }
}

extension Balancing.TargetGroup {
    /// Whether one was created as the other would be. Tags and attributes are no settings of a
    /// creation. Assumed.
    fileprivate func hasSettings(of other: Balancing.TargetGroup) -> Bool {
        `protocol` == other.protocol && protocolVersion == other.protocolVersion
            && port == other.port && vpc == other.vpc && targetType == other.targetType
            && healthCheck == other.healthCheck && ipAddressType == other.ipAddressType
    }
}
