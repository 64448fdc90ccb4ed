import CloudAPI

extension IAM.TagInstanceProfile: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(instanceProfile: instanceProfileName, for: caller)
        let all = try cloud.identity.instanceProfiles[id].tags.adding(tags)

        cloud.identity.instanceProfiles[id].tags = all

        return Output()
    }
}
