import CloudAPI

extension IAM.AddRoleToInstanceProfile: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(instanceProfile: instanceProfileName, for: caller)
        let role = try cloud.identity.findModifiable(role: roleName, for: caller)
        guard cloud.identity.instanceProfiles[id].role == nil else {
            throw .identityLimitExceeded(
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1")
        }

        cloud.identity.instanceProfiles[id].role = role
        cloud.identity.roles[role].instanceProfiles.append(id)

        return Output()
    }
}
