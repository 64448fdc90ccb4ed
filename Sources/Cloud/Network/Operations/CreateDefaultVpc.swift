import CloudAPI

extension EC2.CreateDefaultVpc: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard cloud.network.defaultVpc(of: caller.place) == nil else { throw .defaultVpcExists }
        guard cloud.network.vpcs(in: caller.place).count < Network.Quota.vpcs else {
            throw .ec2LimitExceeded("VpcLimitExceeded", "VPCs")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.makeDefaultVpc(in: caller.place)

        var vpc = EC2.Vpc(id, in: cloud)
        vpc.state = .pending
        return Output(vpc: vpc)
    }
}
