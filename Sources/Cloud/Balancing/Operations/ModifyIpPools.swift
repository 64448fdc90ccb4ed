import CloudAPI

/// Kept and shown: addresses do not come from the pool. For Application Load Balancers only; the
/// text is assumed.
extension ELBv2.ModifyIpPools: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        guard cloud.balancing.loadBalancers[id].kind == .application else {
            throw .balancingInvalid(
                "IPAM pools can be used with Application Load Balancers only")
        }

        if removeIpamPools?.contains(.ipv4) == true {
            cloud.balancing.loadBalancers[id].ipamPool = nil
        }
        if let pool = ipamPools?.ipv4IpamPoolId {
            cloud.balancing.loadBalancers[id].ipamPool = pool
        }

        let pool = cloud.balancing.loadBalancers[id].ipamPool
        return Output(ipamPools: pool.map { .init(ipv4IpamPoolId: $0) })
    }
}
