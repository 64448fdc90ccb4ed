import CloudAPI

extension IAM.TagRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)
        let all = try cloud.identity.roles[id].tags.adding(tags)

        cloud.identity.roles[id].tags = all

        return Output()
    }
}
