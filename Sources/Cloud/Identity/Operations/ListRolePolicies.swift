import CloudAPI

extension IAM.ListRolePolicies: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(role: roleName, for: caller)
        let page = try NamedPage(
            of: cloud.identity.roles[id].inlinePolicies.map(\.name), after: marker, maxItems,
            name: { $0 })
        return Output(
            policyNames: page.elements, isTruncated: page.marker != nil, marker: page.marker)
    }
}
