import CloudAPI

extension IAM.PutRolePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Identity.check(name: policyName, "policyName")
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        let document = try PolicyDocument.permissions(policyDocument)
        var policies = cloud.identity.roles[id].inlinePolicies.filter { $0.name != policyName }
        policies.append(.init(name: policyName, document: document))
        guard policies.reduce(0, { $0 + $1.document.size }) <= 10_240 else {
            throw .identityLimitExceeded(
                "Maximum policy size of 10240 bytes exceeded for role \(roleName)")
        }

        cloud.identity.roles[id].inlinePolicies = policies.sorted { $0.name < $1.name }

        return Output()
    }
}
