import CloudAPI

extension EC2.CreateNetworkInterface: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let id = try cloud.made(
            by: self, clientToken, among: cloud.network.interfaces, for: caller)
        {
            return Output(
                networkInterface: EC2.NetworkInterface(id, in: cloud), clientToken: clientToken)
        }
        let subnet: SubnetID = try cloud.find(subnetId, "subnetId", for: caller)
        try checkAddresses()
        guard interfaceType == nil else { throw .notSupportedByDrydock("other interface types") }
        let vpc = cloud.network.subnets[subnet].vpc
        let groups = try cloud.groups(groups, of: vpc, for: caller)
        let wanted =
            privateIpAddress
            ?? privateIpAddresses?.first { $0.primary ?? true }?.privateIpAddress
        let offset: Int
        if let wanted {
            offset = try cloud.network.freeOffset(of: wanted, in: subnet)
        } else {
            guard let next = cloud.network.subnets[subnet].pool.next else { throw .noFreeAddress }
            offset = next
        }
        let tags = try tagSpecifications.tags(for: .networkInterface)
        try cloud.refuseDryRun(dryRun)

        cloud.network.subnets[subnet].pool.take(offset)
        let id = cloud.attachInterface(
            to: subnet, atTaken: offset, groups: groups, kind: .user,
            description: description ?? "")
        cloud.network.interfaces[id].tags = tags
        cloud.remember(id, madeBy: self, clientToken, for: caller)

        return Output(
            networkInterface: EC2.NetworkInterface(id, in: cloud), clientToken: clientToken)
    }

    /// An interface here has one address, of IPv4.
    private func checkAddresses() throws(APIFailure) {
        guard (secondaryPrivateIpAddressCount ?? 0) == 0, (privateIpAddresses ?? []).count <= 1,
            (ipv6AddressCount ?? 0) == 0, (ipv6Addresses ?? []).isEmpty,
            (ipv4PrefixCount ?? 0) == 0, (ipv4Prefixes ?? []).isEmpty,
            (ipv6PrefixCount ?? 0) == 0, (ipv6Prefixes ?? []).isEmpty
        else { throw .notSupportedByDrydock("several addresses of an interface") }
    }
}

extension Cloud {
    /// Security groups for an interface; the default one of its VPC if none is named.
    func groups(
        _ texts: [String]?, of vpc: VpcID, for caller: Caller
    ) throws(APIFailure) -> [SecurityGroupID] {
        guard let texts, !texts.isEmpty else { return [network.vpcs[vpc].defaultSecurityGroup] }
        var groups: [SecurityGroupID] = []
        for text in texts {
            let id: SecurityGroupID = try find(text, "groupId", for: caller)
            guard network.securityGroups[id].vpc == vpc else { throw .groupOfOtherNetwork }
            if !groups.contains(id) { groups.append(id) }
        }
        guard groups.count <= Network.Quota.groupsPerInterface else {
            throw .ec2LimitExceeded(
                "SecurityGroupsPerInterfaceLimitExceeded", "security groups per interface")
        }
        return groups
    }
}
