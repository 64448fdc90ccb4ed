import CloudAPI

extension ELBv2.SetSubnets: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        let balancer = cloud.balancing.loadBalancers[id]
        try Balancing.checkEnum(ipAddressType?.rawValue, at: "ipAddressType", of: "IpAddressType")
        let subnets = try cloud.subnetIDs(subnets, subnetMappings, caller)
        let present = balancer.nodes.map(\.subnet)
        try cloud.check(
            subnets, for: balancer.kind, isInternal: balancer.isInternal, present: present)
        guard cloud.network.subnets[subnets[0]].vpc == balancer.vpc else {
            throw .subnetsOfSeveralVpcs
        }

        if let ipAddressType {
            cloud.balancing.loadBalancers[id].ipAddressType = ipAddressType.rawValue
        }
        if subnets.sorted() != present.sorted() { cloud.setNodes(of: id, in: subnets) }

        return Output(
            availabilityZones: cloud.balancing.loadBalancers[id].nodes.map { .init($0, in: cloud) },
            ipAddressType: .init(rawValue: cloud.balancing.loadBalancers[id].ipAddressType))
    }
}
