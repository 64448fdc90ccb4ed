import CloudAPI

extension EC2.CreateVpc: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let cidrBlock, !cidrBlock.isEmpty else { throw .ec2Missing("cidrBlock") }
        guard let block = CIDRBlock(cidrBlock) else { throw .isNoBlock(cidrBlock, "cidrBlock") }
        guard 16...28 ~= block.prefix else { throw .vpcRange(cidrBlock) }
        let tenancy = (instanceTenancy ?? .default).rawValue
        guard ["default", "dedicated"].contains(tenancy) else {
            throw .ec2InvalidValue(tenancy, of: "instanceTenancy", "Invalid tenancy.")
        }
        guard amazonProvidedIpv6CidrBlock != true, ipv6CidrBlock == nil, ipv6Pool == nil else {
            throw .notSupportedByDrydock("IPv6 blocks of VPCs")
        }
        let tags = try tagSpecifications.tags(for: .vpc)
        guard cloud.network.vpcs(in: caller.place).count < Network.Quota.vpcs else {
            throw .ec2LimitExceeded("VpcLimitExceeded", "VPCs")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.addVpc(block, in: caller.place, tenancy: tenancy, tags: tags)

        var vpc = EC2.Vpc(id, in: cloud)
        vpc.state = .pending
        return Output(vpc: vpc)
    }
}
