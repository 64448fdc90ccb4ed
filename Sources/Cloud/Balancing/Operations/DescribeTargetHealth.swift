import CloudAPI

extension ELBv2.DescribeTargetHealth: Handled {
    /// All targets but those that are gone; of a target that is named and not there, that it is not
    /// registered. Observed; elbv2.md section 0.8.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.targetGroupID(targetGroupArn, caller)
        let group = cloud.balancing.targetGroups[id]
        let wantsAnomalies = (include ?? []).contains { $0 == .anomalyDetection || $0 == .all }
        func describe(_ id: TargetID) -> ELBv2.TargetHealthDescription {
            .init(id, in: cloud, withAnomalies: wantsAnomalies || group.routesByWeight)
        }
        func isShown(_ id: TargetID) -> Bool {
            let target = cloud.balancing.targets[id]
            return target.state != .unused || target.deregisteredAt == nil
        }
        guard let targets, !targets.isEmpty else {
            return Output(
                targetHealthDescriptions: group.targets.filter(isShown).map(describe))
        }
        var descriptions: [ELBv2.TargetHealthDescription] = []
        for target in targets {
            let found = cloud.targets(target, in: id).filter(isShown)
            if found.isEmpty {
                descriptions.append(.init(unknown: target, in: group))
            } else {
                descriptions += found.map(describe)
            }
        }
        return Output(targetHealthDescriptions: descriptions)
    }
}

extension Balancing.TargetGroup {
    fileprivate var routesByWeight: Bool {
        attributes.contains(ResourceTag("load_balancing.algorithm.type", "weighted_random"))
    }
}
