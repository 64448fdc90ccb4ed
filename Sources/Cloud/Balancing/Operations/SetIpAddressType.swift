import CloudAPI

extension ELBv2.SetIpAddressType: Handled {
    /// Kept and shown; Drydock has no IPv6.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        try Balancing.checkEnum(ipAddressType.rawValue, at: "ipAddressType", of: "IpAddressType")

        cloud.balancing.loadBalancers[id].ipAddressType = ipAddressType.rawValue

        return Output(ipAddressType: ipAddressType)
    }
}
