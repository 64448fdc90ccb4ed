import CloudAPI

extension EC2.DeleteSubnet: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: SubnetID = try cloud.find(subnetId, "subnetId", for: caller)
        guard cloud.network.subnets[id].pool.isUnused else {
            throw .hasDependencies("subnet", subnetId)
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.removeSubnet(id)

        return Output()
    }
}
