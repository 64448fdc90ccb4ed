import CloudAPI

extension EC2.DeleteSecurityGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.securityGroup(groupId, orNamed: groupName, for: caller)
        let group = cloud.network.securityGroups[id]
        guard !group.isDefault else { throw .defaultGroupStays(cloud.ec2ID(id)) }
        guard group.interfaceCount == 0, group.referenceCount == 0 else {
            throw .securityGroupInUse(cloud.ec2ID(id))
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.removeSecurityGroup(id)

        return Output(return: true, groupId: cloud.ec2ID(id))
    }
}
