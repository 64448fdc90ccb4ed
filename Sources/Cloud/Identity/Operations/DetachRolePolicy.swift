import CloudAPI

extension IAM.DetachRolePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        guard cloud.identity.roles[id].attachedPolicies.contains(policyArn) else {
            throw .policyNotFound(policyArn)
        }

        cloud.identity.detach(policyArn, from: id)

        return Output()
    }
}
