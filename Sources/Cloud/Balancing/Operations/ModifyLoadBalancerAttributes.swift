import CloudAPI

extension ELBv2.ModifyLoadBalancerAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        let balancer = cloud.balancing.loadBalancers[id]
        let table = balancer.attributeTable
        let changed = try table.set(
            attributes.map { ($0.key, $0.value) }, over: balancer.attributes, of: "Load balancer")
        let crossing = changed.first { $0.key == "load_balancing.cross_zone.enabled" }
        guard balancer.kind == .network || crossing == nil else {
            // Documented: it cannot be turned off for the load balancer; the text is assumed.
            throw .invalidConfiguration(
                "Cross-zone load balancing cannot be turned off for Application Load Balancers")
        }

        cloud.balancing.loadBalancers[id].attributes = changed
        cloud.record(.balancing(.routingChanged(id)))

        return Output(
            attributes: table.all(changed: changed).map { .init(key: $0.key, value: $0.value) })
    }
}
