import CloudAPI

extension IAM.TagPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(policy: policyArn, to: "TagPolicy", for: caller)
        let all = try cloud.identity.policies[id].tags.adding(tags)

        cloud.identity.policies[id].tags = all

        return Output()
    }
}
