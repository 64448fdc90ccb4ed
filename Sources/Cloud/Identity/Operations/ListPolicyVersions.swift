import CloudAPI

/// The newest first. A policy has five at most, so there is never a second page.
extension IAM.ListPolicyVersions: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let managed = ManagedPolicy.named(arn: policyArn) {
            return Output(versions: [IAM.PolicyVersion(managed)], isTruncated: false)
        }
        try Identity.check(maxItems, at: "maxItems", in: 1...1000)
        let id = try cloud.identity.find(policy: policyArn, to: "ListPolicyVersions", for: caller)
        let policy = cloud.identity.policies[id]
        return Output(
            versions: policy.versions.reversed().map {
                IAM.PolicyVersion($0, of: policy, in: cloud)
            },
            isTruncated: false)
    }
}
