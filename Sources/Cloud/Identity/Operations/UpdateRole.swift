import CloudAPI

extension IAM.UpdateRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Identity.check(maxSessionDuration, at: "maxSessionDuration", in: 3600...43_200)
        let id = try cloud.identity.findModifiable(role: roleName, for: caller)

        if let description { cloud.identity.roles[id].description = description }
        if let maxSessionDuration {
            cloud.identity.roles[id].maxSessionSeconds = maxSessionDuration
        }

        return Output()
    }
}
