import CloudAPI

extension ELBv2.DescribeLoadBalancers: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let page = try Page(
            of: wanted(in: cloud, caller), by: { Int($0.rawValue) }, after: marker, size: pageSize)
        return Output(
            loadBalancers: page.items.map { .init($0, in: cloud) }, nextMarker: page.next)
    }

    private func wanted(in cloud: Cloud, _ caller: Caller) throws(APIFailure) -> [LoadBalancerID] {
        let (arns, names) = (loadBalancerArns ?? [], names ?? [])
        guard arns.isEmpty || names.isEmpty else {
            // Assumed, after the text for target groups.
            throw .balancingInvalid(
                "Load balancer names and load balancer ARNs cannot be specified at the same time")
        }
        var ids: [LoadBalancerID] = []
        for arn in arns {
            guard let id = try cloud.findLoadBalancer(arn, caller) else {
                throw .loadBalancersNotFound
            }
            ids.append(id)
        }
        let unknown = names.filter {
            cloud.balancing.loadBalancerIDs[PlacedName($0, in: caller.place)] == nil
        }
        guard unknown.isEmpty else { throw .loadBalancersNotFound(names: unknown) }
        ids += names.map { cloud.balancing.loadBalancerIDs[PlacedName($0, in: caller.place)]! }
        if !arns.isEmpty || !names.isEmpty { return Set(ids).sorted() }
        return cloud.balancing.loadBalancersByPlace[caller.place] ?? []
    }
}
