import CloudAPI

extension EC2.CreateNetworkAcl: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let id = try cloud.made(
            by: self, clientToken, among: cloud.network.networkACLs, for: caller)
        {
            return Output(networkAcl: EC2.NetworkAcl(id, in: cloud), clientToken: clientToken)
        }
        let vpc: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        let tags = try tagSpecifications.tags(for: .networkAcl)
        guard cloud.network.vpcs[vpc].networkACLs.count < Network.Quota.networkACLs else {
            throw .ec2LimitExceeded("NetworkAclLimitExceeded", "network ACLs")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.addNetworkACL(to: vpc, tags: tags)
        cloud.remember(id, madeBy: self, clientToken, for: caller)

        return Output(networkAcl: EC2.NetworkAcl(id, in: cloud), clientToken: clientToken)
    }
}
