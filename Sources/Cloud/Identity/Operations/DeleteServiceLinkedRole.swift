import CloudAPI

/// The role goes at once, even if its service still has resources.
extension IAM.DeleteServiceLinkedRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(role: roleName, for: caller)
        let role = cloud.identity.roles[id]
        guard role.isServiceLinked else { throw .roleNotFound(roleName) }

        let task = "task\(role.path)\(role.name)/\(cloud.naming.uuid(UInt64(id.rawValue), .role))"
        cloud.identity.delete(id)

        return Output(deletionTaskId: task)
    }
}
