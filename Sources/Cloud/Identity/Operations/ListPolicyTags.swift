import CloudAPI

extension IAM.ListPolicyTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(policy: policyArn, to: "ListPolicyTags", for: caller)
        let page = try cloud.identity.policies[id].tags.page(marker, maxItems)
        return Output(
            tags: page.elements.asIAM, isTruncated: page.marker != nil, marker: page.marker)
    }
}
