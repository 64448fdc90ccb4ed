import CloudAPI

extension ELBv2.DescribeListeners: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let page = try Page(
            of: wanted(in: cloud, caller), by: { Int($0.rawValue) }, after: marker, size: pageSize)
        return Output(listeners: page.items.map { .init($0, in: cloud) }, nextMarker: page.next)
    }

    private func wanted(in cloud: Cloud, _ caller: Caller) throws(APIFailure) -> [ListenerID] {
        let arns = listenerArns ?? []
        if let loadBalancerArn {
            guard arns.isEmpty else {
                // Assumed, after the text for rules.
                throw .balancingInvalid(
                    "Listener ARNs and a load balancer ARN cannot be specified at the same time")
            }
            let id = try cloud.loadBalancerID(loadBalancerArn, caller)
            return cloud.balancing.loadBalancers[id].listeners
        }
        guard !arns.isEmpty else {
            throw .balancingInvalid("You must specify either listener ARNs or a load balancer ARN")
        }
        var ids: [ListenerID] = []
        for arn in arns {
            guard let id = try cloud.findListener(arn, caller) else { throw .listenersNotFound }
            ids.append(id)
        }
        return Set(ids).sorted()
    }
}
