import CloudAPI

extension IAM.UntagInstanceProfile: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(instanceProfile: instanceProfileName, for: caller)

        cloud.identity.instanceProfiles[id].tags.removeAll { tagKeys.contains($0.key) }

        return Output()
    }
}
