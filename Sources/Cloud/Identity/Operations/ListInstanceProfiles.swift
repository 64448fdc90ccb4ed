import CloudAPI

extension IAM.ListInstanceProfiles: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let page = try NamedPage(
            of: cloud.identity.instanceProfilesByAccount[caller.place.account] ?? [], after: marker,
            maxItems, name: { cloud.identity.instanceProfiles[$0].name },
            where: { cloud.identity.instanceProfiles[$0].path.hasPrefix(pathPrefix ?? "/") })
        return Output(
            instanceProfiles: page.elements.map { IAM.InstanceProfile($0, in: cloud) },
            isTruncated: page.marker != nil, marker: page.marker)
    }
}
