import CloudAPI

extension IAM.ListAttachedRolePolicies: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(role: roleName, for: caller)
        let page = try NamedPage(
            of: cloud.identity.roles[id].attachedPolicies.sorted(), after: marker, maxItems,
            name: { $0 }, where: { $0.pathOfPolicy.hasPrefix(pathPrefix ?? "/") })
        return Output(
            attachedPolicies: page.elements.map {
                .init(policyName: $0.split(separator: "/").last.map(String.init), policyArn: $0)
            },
            isTruncated: page.marker != nil, marker: page.marker)
    }
}

extension String {
    /// `/service-role/` of `arn:aws:iam::aws:policy/service-role/Name`.
    var pathOfPolicy: Substring {
        guard let first = firstIndex(of: "/"), let last = lastIndex(of: "/") else { return "/" }
        return self[first...last]
    }
}
