import CloudAPI

/// When a role was last used is not kept; the answer says so, as for one that was never used.
extension IAM.GetRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(role: roleName, for: caller)
        var role = IAM.Role(id, in: cloud)
        role.roleLastUsed = .init()
        return Output(role: role)
    }
}
