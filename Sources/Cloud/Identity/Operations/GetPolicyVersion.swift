import CloudAPI

extension IAM.GetPolicyVersion: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let managed = ManagedPolicy.named(arn: policyArn) {
            guard versionId == "v\(managed.version)" else {
                throw .policyVersionNotFound(policyArn, versionId)
            }
            return Output(policyVersion: IAM.PolicyVersion(managed, withDocument: true))
        }
        let id = try cloud.identity.find(policy: policyArn, to: "GetPolicyVersion", for: caller)
        let policy = cloud.identity.policies[id]
        guard let version = policy.version(named: versionId) else {
            throw .policyVersionNotFound(policyArn, versionId)
        }
        return Output(
            policyVersion: IAM.PolicyVersion(version, of: policy, in: cloud, withDocument: true))
    }
}

extension Identity.Policy {
    /// The version that AWS calls `v3`.
    func version(named name: String) -> Version? {
        name.hasPrefix("v") ? Int(name.dropFirst()).flatMap { version($0) } : nil
    }
}
