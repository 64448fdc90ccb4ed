import CloudAPI

extension IAM.UpdateAssumeRolePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        let trust = try PolicyDocument.trust(policyDocument)
        guard trust.size <= 2048 else {
            throw .identityLimitExceeded("Cannot exceed quota for ACLSizePerRole: 2048")
        }

        cloud.identity.roles[id].trustPolicy = trust

        return Output()
    }
}
