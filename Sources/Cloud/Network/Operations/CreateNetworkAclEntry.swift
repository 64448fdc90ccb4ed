import CloudAPI

extension EC2.CreateNetworkAclEntry: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: NetworkACLID = try cloud.find(networkAclId, "networkAclId", for: caller)
        let request = ACLEntryRequest(
            number: ruleNumber, isEgress: egress, protocol: self.protocol, action: ruleAction,
            block: cidrBlock, ipv6Block: ipv6CidrBlock, types: icmpTypeCode, ports: portRange)
        let entry = try request.entry(in: cloud)
        let acl = cloud.network.networkACLs[id]
        guard acl.index(of: ruleNumber, egress: egress) == nil else {
            throw .entryExists(ruleNumber)
        }
        guard acl.entries.count(where: { $0.isEgress == egress }) < Network.Quota.aclEntries else {
            throw .ec2LimitExceeded("NetworkAclEntryLimitExceeded", "network ACL entries")
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.networkACLs[id].insert(entry)
        cloud.record(.network(.pathsChanged(acl.vpc)))

        return Output()
    }
}
