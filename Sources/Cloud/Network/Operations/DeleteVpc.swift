import CloudAPI

extension EC2.DeleteVpc: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        guard !cloud.network.hasParts(id) else { throw .hasDependencies("vpc", vpcId) }
        try cloud.refuseDryRun(dryRun)

        cloud.network.removeVpc(id)

        return Output()
    }
}

extension Network {
    /// Whether a VPC has more than what was made along with it. Source: vpc.md section 6.
    fileprivate func hasParts(_ id: VpcID) -> Bool {
        let vpc = vpcs[id]
        return !vpc.subnets.isEmpty || vpc.internetGateway != nil || !vpc.interfaces.isEmpty
            || vpc.routeTables.count > 1 || vpc.securityGroups.count > 1
            || vpc.networkACLs.count > 1
    }
}
