import CloudAPI

extension ELBv2.RegisterTargets: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.targetGroupID(targetGroupArn, caller)
        let group = cloud.balancing.targetGroups[id]
        var new: [Balancing.TargetName] = []
        for (index, target) in targets.enumerated() {
            new.append(try cloud.newTarget(target, number: index + 1, in: id))
        }
        guard group.targets.count + new.count <= 1000 else { throw .tooManyTargets }

        for target in new {
            cloud.register(
                target.address, port: target.port ?? group.port, zone: target.zone, in: id)
        }
        return Output()
    }
}
