import CloudAPI

extension IAM.SetDefaultPolicyVersion: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(
            policy: policyArn, to: "SetDefaultPolicyVersion", for: caller)
        guard let version = cloud.identity.policies[id].version(named: versionId) else {
            throw .policyVersionNotFound(policyArn, versionId)
        }

        cloud.identity.policies[id].defaultVersion = version.number
        cloud.identity.policies[id].updatedAt = cloud.now

        return Output()
    }
}
