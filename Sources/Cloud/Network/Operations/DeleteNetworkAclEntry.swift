import CloudAPI

extension EC2.DeleteNetworkAclEntry: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: NetworkACLID = try cloud.find(networkAclId, "networkAclId", for: caller)
        try ACLEntryRequest.check(ruleNumber)
        let index = cloud.network.networkACLs[id].index(of: ruleNumber, egress: egress)
        guard let index else { throw .entryNotFound(ruleNumber) }
        try cloud.refuseDryRun(dryRun)

        cloud.network.networkACLs[id].entries.remove(at: index)
        cloud.record(.network(.pathsChanged(cloud.network.networkACLs[id].vpc)))

        return Output()
    }
}
