import CloudAPI

extension EC2.DescribeVpcAttribute: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        let vpc = cloud.network.vpcs[id]
        var output = Output(vpcId: vpcId)
        switch attribute {
        case .enableDnsSupport:
            output.enableDnsSupport = .init(value: vpc.hasDNSSupport)
        case .enableDnsHostnames:
            output.enableDnsHostnames = .init(value: vpc.hasDNSHostnames)
        case .enableNetworkAddressUsageMetrics:
            output.enableNetworkAddressUsageMetrics = .init(value: vpc.measuresAddressUse)
        default:
            guard !attribute.rawValue.isEmpty else { throw .ec2Missing("attribute") }
            throw .ec2InvalidValue(attribute.rawValue, of: "attribute", "Unknown attribute.")
        }
        try cloud.refuseDryRun(dryRun)
        return output
    }
}
