import CloudAPI

extension IAM.DeleteRolePermissionsBoundary: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)

        cloud.identity.roles[id].permissionsBoundary = nil

        return Output()
    }
}
