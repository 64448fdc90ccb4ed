import CloudAPI

extension EC2.ReplaceNetworkAclAssociation: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let association: ACLAssociationID = try cloud.find(
            associationId, "associationId", for: caller)
        let acl: NetworkACLID = try cloud.find(networkAclId, "networkAclId", for: caller)
        let vpc = cloud.network.networkACLs[acl].vpc
        let subnet = cloud.network.aclAssociations[association]
        guard cloud.network.subnets[subnet].vpc == vpc else {
            // Text: assumed.
            throw .ec2Invalid(
                "Network ACL \(networkAclId) and subnet \(cloud.ec2ID(subnet)) belong to different "
                    + "networks")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.replaceACL(of: association, with: acl)
        cloud.record(.network(.pathsChanged(vpc)))

        return Output(newAssociationId: cloud.ec2ID(id))
    }
}
