import CloudAPI

extension IAM.GetRolePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(role: roleName, for: caller)
        let policies = cloud.identity.roles[id].inlinePolicies
        guard let policy = policies.first(where: { $0.name == policyName }) else {
            throw .rolePolicyNotFound(policyName)
        }
        return Output(
            roleName: roleName, policyName: policyName, policyDocument: policy.document.encoded)
    }
}
