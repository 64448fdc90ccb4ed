import CloudAPI

extension IAM.DeleteRolePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        let policies = cloud.identity.roles[id].inlinePolicies
        guard policies.contains(where: { $0.name == policyName }) else {
            throw .rolePolicyNotFound(policyName)
        }

        cloud.identity.roles[id].inlinePolicies.removeAll { $0.name == policyName }

        return Output()
    }
}
