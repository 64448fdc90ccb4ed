import CloudAPI

extension IAM.ListInstanceProfileTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(instanceProfile: instanceProfileName, for: caller)
        let page = try cloud.identity.instanceProfiles[id].tags.page(marker, maxItems)
        return Output(
            tags: page.elements.asIAM, isTruncated: page.marker != nil, marker: page.marker)
    }
}
