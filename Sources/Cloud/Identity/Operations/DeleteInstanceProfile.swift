import CloudAPI

extension IAM.DeleteInstanceProfile: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(instanceProfile: instanceProfileName, for: caller)
        guard cloud.identity.instanceProfiles[id].role == nil else {
            throw .deleteConflict(
                "Cannot delete entity, must remove roles from instance profile first.")
        }

        cloud.identity.delete(id)

        return Output()
    }
}
