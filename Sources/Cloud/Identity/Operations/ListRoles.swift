import CloudAPI

extension IAM.ListRoles: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let page = try NamedPage(
            of: cloud.identity.rolesByAccount[caller.place.account] ?? [], after: marker, maxItems,
            name: { cloud.identity.roles[$0].name },
            where: { cloud.identity.roles[$0].path.hasPrefix(pathPrefix ?? "/") })
        return Output(
            roles: page.elements.map { IAM.Role($0, in: cloud, inList: true) },
            isTruncated: page.marker != nil, marker: page.marker)
    }
}
