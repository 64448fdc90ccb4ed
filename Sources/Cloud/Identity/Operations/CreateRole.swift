import CloudAPI

extension IAM.CreateRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Identity.check(name: roleName, "roleName", upTo: 64)
        if let path { try Identity.check(path: path) }
        try Identity.check(maxSessionDuration, at: "maxSessionDuration", in: 3600...43_200)
        let trust = try PolicyDocument.trust(assumeRolePolicyDocument)
        guard trust.size <= 2048 else {
            throw .identityLimitExceeded("Cannot exceed quota for ACLSizePerRole: 2048")
        }
        if let permissionsBoundary {
            try cloud.identity.checkAttachable(permissionsBoundary, in: caller.place.account)
        }
        let tags = try [ResourceTag]().adding(tags ?? [])
        let account = caller.place.account
        guard cloud.identity.roleIDs[cloud.identity.key(account, roleName)] == nil else {
            throw .entityAlreadyExists("Role with name \(roleName) already exists.")
        }

        var role = Identity.Role(
            account: account, name: roleName, path: path ?? "/", trustPolicy: trust,
            createdAt: cloud.now)
        role.description = description
        role.maxSessionSeconds = maxSessionDuration ?? 3600
        role.permissionsBoundary = permissionsBoundary
        role.tags = tags
        let id = cloud.identity.add(role)

        return Output(role: IAM.Role(id, in: cloud))
    }
}
