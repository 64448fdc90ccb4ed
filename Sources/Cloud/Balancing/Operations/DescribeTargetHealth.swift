import CloudAPI

extension ELBv2.DescribeTargetHealth: Handled {
    /// All targets but those that are gone; of a target that is named and not there, that it is not
    /// registered. Observed; elbv2.md section 0.8.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.targetGroupID(targetGroupArn, caller)
        let wantsAnomalies =
            (include ?? []).contains { $0 == .anomalyDetection || $0 == .all }
            || cloud.balancing.targetGroups[id].routesByWeight
        var descriptions: [ELBv2.TargetHealthDescription] = []
        guard let targets, !targets.isEmpty else {
            for target in cloud.balancing.targetGroups[id].targets where cloud.isShown(target) {
                descriptions.append(.init(target, in: cloud, withAnomalies: wantsAnomalies))
            }
            return Output(targetHealthDescriptions: descriptions)
        }
        for target in targets {
            let found = cloud.targets(target, in: id).filter(cloud.isShown)
            if found.isEmpty {
                descriptions.append(
                    .init(unknown: target, in: cloud.balancing.targetGroups[id]))
            }
            for id in found {
                descriptions.append(.init(id, in: cloud, withAnomalies: wantsAnomalies))
            }
        }
        return Output(targetHealthDescriptions: descriptions)
    }
}

extension Cloud {
    fileprivate func isShown(_ id: TargetID) -> Bool {
        balancing.targets[id].state != .unused || balancing.targets[id].deregisteredAt == nil
    }
}

extension Balancing.TargetGroup {
    fileprivate var routesByWeight: Bool {
        attributes.contains(ResourceTag("load_balancing.algorithm.type", "weighted_random"))
    }
}
