import CloudAPI

extension IAM.UpdateRoleDescription: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)

        cloud.identity.roles[id].description = description

        return Output(role: IAM.Role(id, in: cloud))
    }
}
