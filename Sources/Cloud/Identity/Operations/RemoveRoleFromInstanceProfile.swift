import CloudAPI

extension IAM.RemoveRoleFromInstanceProfile: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(instanceProfile: instanceProfileName, for: caller)
        let role = try cloud.identity.find(role: roleName, for: caller)
        guard cloud.identity.instanceProfiles[id].role == role else {
            throw .roleNotFound(roleName)
        }

        cloud.identity.instanceProfiles[id].role = nil
        cloud.identity.roles[role].instanceProfiles.removeAll { $0 == id }

        return Output()
    }
}
