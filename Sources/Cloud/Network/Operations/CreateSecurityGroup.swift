import CloudAPI

extension EC2.CreateSecurityGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard !groupName.isEmpty else { throw .ec2Missing("groupName") }
        guard !description.isEmpty else { throw .ec2Missing("groupDescription") }
        try checkNames()
        let vpc: VpcID
        if let vpcId {
            vpc = try cloud.find(vpcId, "vpcId", for: caller)
        } else {
            guard let standard = cloud.network.defaultVpc(of: caller.place) else {
                throw .vpcNotSpecified
            }
            vpc = standard
        }
        guard cloud.network.groupByName[GroupName(vpc: vpc, name: groupName)] == nil else {
            throw .securityGroupExists(groupName, cloud.ec2ID(vpc))
        }
        let tags = try tagSpecifications.tags(for: .securityGroup)
        let count = cloud.network.vpcs(in: caller.place).reduce(0) {
            $0 + cloud.network.vpcs[$1].securityGroups.count
        }
        guard count < Network.Quota.securityGroups else {
            throw .ec2LimitExceeded("SecurityGroupLimitExceeded", "security groups")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.addSecurityGroup(
            named: groupName, description: description, to: vpc, tags: tags)

        let text = cloud.ec2ID(id)
        return Output(
            groupId: text, tags: tags.wire, securityGroupArn: cloud.ec2ARN(id, text))
    }

    /// Source: vpc.md section 6; the texts on lengths and characters are assumed.
    private func checkNames() throws(APIFailure) {
        guard groupName.lowercased() != "default" else {
            throw .ec2Invalid("Cannot use reserved security group name: default")
        }
        guard !groupName.hasPrefix("sg-") else {
            throw .ec2InvalidValue(
                groupName, of: "GroupName", "Group names may not be in the format sg-*.")
        }
        for (text, parameter, what) in [
            (groupName, "GroupName", "name"), (description, "GroupDescription", "description"),
        ] {
            guard text.utf8.allSatisfy({ $0 < 128 }) else {
                throw .ec2InvalidValue(
                    text, of: parameter, "Character sets beyond ASCII are not supported.")
            }
            guard text.count <= 255, text.hasGroupCharactersOnly else {
                throw .groupText("security group \(what)")
            }
        }
    }
}
