import CloudAPI

extension IAM.UntagRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)

        cloud.identity.roles[id].tags.removeAll { tagKeys.contains($0.key) }

        return Output()
    }
}
