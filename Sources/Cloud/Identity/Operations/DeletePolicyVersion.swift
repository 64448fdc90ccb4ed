import CloudAPI

extension IAM.DeletePolicyVersion: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(policy: policyArn, to: "DeletePolicyVersion", for: caller)
        let policy = cloud.identity.policies[id]
        guard let version = policy.version(named: versionId) else {
            throw .policyVersionNotFound(policyArn, versionId)
        }
        guard version.number != policy.defaultVersion else {
            throw .deleteConflict("Cannot delete the default version of a policy.")
        }

        cloud.identity.policies[id].versions.removeAll { $0.number == version.number }

        return Output()
    }
}
