import CloudAPI

extension IAM.DeleteRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        let role = cloud.identity.roles[id]
        guard role.instanceProfiles.isEmpty else {
            throw .deleteConflict(
                "Cannot delete entity, must remove roles from instance profile first.")
        }
        guard role.attachedPolicies.isEmpty else {
            throw .deleteConflict("Cannot delete entity, must detach all policies first.")
        }
        guard role.inlinePolicies.isEmpty else {
            throw .deleteConflict("Cannot delete entity, must delete policies first.")
        }

        cloud.identity.delete(id)

        return Output()
    }
}
