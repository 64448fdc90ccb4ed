import CloudAPI

extension EC2.ReplaceNetworkAclEntry: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: NetworkACLID = try cloud.find(networkAclId, "networkAclId", for: caller)
        let request = ACLEntryRequest(
            number: ruleNumber, isEgress: egress, protocol: self.protocol, action: ruleAction,
            block: cidrBlock, ipv6Block: ipv6CidrBlock, types: icmpTypeCode, ports: portRange)
        let entry = try request.entry(in: cloud)
        let index = cloud.network.networkACLs[id].index(of: ruleNumber, egress: egress)
        guard let index else { throw .entryNotFound(ruleNumber) }
        try cloud.refuseDryRun(dryRun)

        cloud.network.networkACLs[id].entries[index] = entry
        cloud.record(.network(.pathsChanged(cloud.network.networkACLs[id].vpc)))

        return Output()
    }
}
