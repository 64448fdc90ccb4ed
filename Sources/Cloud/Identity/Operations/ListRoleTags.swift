import CloudAPI

extension IAM.ListRoleTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(role: roleName, for: caller)
        let page = try cloud.identity.roles[id].tags.page(marker, maxItems)
        return Output(
            tags: page.elements.asIAM, isTruncated: page.marker != nil, marker: page.marker)
    }
}
