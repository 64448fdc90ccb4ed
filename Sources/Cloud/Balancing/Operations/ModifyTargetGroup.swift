import CloudAPI

extension ELBv2.ModifyTargetGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.targetGroupID(targetGroupArn, caller)
        let group = cloud.balancing.targetGroups[id]
        var check = group.healthCheck
        try check.take(
            .init(
                protocol: healthCheckProtocol, port: healthCheckPort,
                isEnabled: healthCheckEnabled, path: healthCheckPath,
                interval: healthCheckIntervalSeconds, timeout: healthCheckTimeoutSeconds,
                healthyThreshold: healthyThresholdCount,
                unhealthyThreshold: unhealthyThresholdCount, matcher: matcher),
            groupProtocol: group.protocol, version: group.protocolVersion)

        cloud.change(check, of: id)

        return Output(targetGroups: [.init(id, in: cloud)])
    }
}
