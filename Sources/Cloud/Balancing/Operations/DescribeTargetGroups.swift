import CloudAPI

extension ELBv2.DescribeTargetGroups: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let page = try Page(
            of: wanted(in: cloud, caller), by: { Int($0.rawValue) }, after: marker, size: pageSize)
        return Output(
            targetGroups: page.items.map { .init($0, in: cloud) }, nextMarker: page.next)
    }

    private func wanted(in cloud: Cloud, _ caller: Caller) throws(APIFailure) -> [TargetGroupID] {
        let (arns, names) = (targetGroupArns ?? [], names ?? [])
        let selectors = [!arns.isEmpty, !names.isEmpty, loadBalancerArn != nil].filter { $0 }.count
        guard selectors < 2 else {
            throw .balancingInvalid(
                "Target group names, target group ARNs, and a load balancer ARN cannot be "
                    + "specified at the same time")
        }
        if let loadBalancerArn {
            return cloud.balancing.targetGroups(
                of: try cloud.loadBalancerID(loadBalancerArn, caller)
            ).sorted()
        }
        var ids: [TargetGroupID] = []
        for arn in arns {
            guard let id = try cloud.findTargetGroup(arn, caller) else {
                throw .targetGroupsNotFound
            }
            ids.append(id)
        }
        for name in names {
            guard let id = cloud.balancing.targetGroupIDs[PlacedName(name, in: caller.place)] else {
                throw .targetGroupsNotFound
            }
            ids.append(id)
        }
        if selectors > 0 { return Set(ids).sorted() }
        return cloud.balancing.targetGroupsByPlace[caller.place] ?? []
    }
}
