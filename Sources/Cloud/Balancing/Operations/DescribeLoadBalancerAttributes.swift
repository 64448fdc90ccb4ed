import CloudAPI

extension ELBv2.DescribeLoadBalancerAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        let balancer = cloud.balancing.loadBalancers[id]
        return Output(
            attributes: balancer.attributeTable.all(changed: balancer.attributes).map {
                .init(key: $0.key, value: $0.value)
            })
    }
}
