import CloudAPI

extension IAM.PutRolePermissionsBoundary: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        try cloud.identity.checkAttachable(permissionsBoundary, in: caller.place.account)

        cloud.identity.roles[id].permissionsBoundary = permissionsBoundary

        return Output()
    }
}
