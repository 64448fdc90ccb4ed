import CloudAPI

/// Attaching again what is attached changes nothing.
extension IAM.AttachRolePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        try cloud.identity.checkAttachable(policyArn, in: caller.place.account)
        let attached = cloud.identity.roles[id].attachedPolicies
        guard !attached.contains(policyArn) else { return Output() }
        guard attached.count < 10 else {
            throw .identityLimitExceeded("Cannot exceed quota for PoliciesPerRole: 10")
        }

        cloud.identity.attach(policyArn, to: id)

        return Output()
    }
}
