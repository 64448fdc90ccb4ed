import CloudAPI

extension EC2.DeleteNetworkAcl: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: NetworkACLID = try cloud.find(networkAclId, "networkAclId", for: caller)
        guard !cloud.network.networkACLs[id].isDefault else {
            throw .ec2Invalid("cannot delete default network ACL \(networkAclId)")
        }
        guard cloud.network.networkACLs[id].associations.isEmpty else {
            throw .hasDependencies("network ACL", networkAclId)
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.removeNetworkACL(id)

        return Output()
    }
}
