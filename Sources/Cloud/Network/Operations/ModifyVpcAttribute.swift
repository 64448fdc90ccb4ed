import CloudAPI

extension EC2.ModifyVpcAttribute: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        let attributes = [enableDnsHostnames, enableDnsSupport, enableNetworkAddressUsageMetrics]
        let given = attributes.count { $0?.value != nil }
        guard given > 0 else { throw .noAttributeGiven }
        guard given == 1 else { throw .severalAttributes }
        if enableDnsHostnames?.value == true, !cloud.network.vpcs[id].hasDNSSupport {
            // Documented, code and text assumed.
            throw .ec2Invalid("DNS hostnames cannot be enabled if DNS support is disabled.")
        }

        if let value = enableDnsHostnames?.value { cloud.network.vpcs[id].hasDNSHostnames = value }
        if let value = enableDnsSupport?.value { cloud.network.vpcs[id].hasDNSSupport = value }
        if let value = enableNetworkAddressUsageMetrics?.value {
            cloud.network.vpcs[id].measuresAddressUse = value
        }
        cloud.record(.network(.pathsChanged(id)))

        return Output()
    }
}
