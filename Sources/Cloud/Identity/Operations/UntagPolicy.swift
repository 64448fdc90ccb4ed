import CloudAPI

extension IAM.UntagPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(policy: policyArn, to: "UntagPolicy", for: caller)

        cloud.identity.policies[id].tags.removeAll { tagKeys.contains($0.key) }

        return Output()
    }
}
