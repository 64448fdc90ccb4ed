import CloudAPI

/// A deletion that was accepted has been carried out.
extension IAM.GetServiceLinkedRoleDeletionStatus: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let parts = deletionTaskId.split(separator: "/")
        guard parts.count == 5, parts[0] == "task", parts[1] == "aws-service-role",
            cloud.identity.role(named: String(parts[3]), in: caller.place.account) == nil
        else { throw .noSuchEntity("Deletion task \(deletionTaskId) cannot be found.") }
        return Output(status: .succeeded)
    }
}
