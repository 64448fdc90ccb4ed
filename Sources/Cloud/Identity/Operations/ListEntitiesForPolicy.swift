import CloudAPI

/// Only roles can have policies here.
extension IAM.ListEntitiesForPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if ManagedPolicy.named(arn: policyArn) == nil {
            _ = try cloud.identity.find(policy: policyArn, to: "ListEntitiesForPolicy", for: caller)
        }
        let key = AccountName(account: caller.place.account, name: policyArn)
        let wantsRoles = [nil, .role].contains(entityFilter)
        let attached =
            wantsRoles && policyUsageFilter != .permissionsBoundary
            ? cloud.identity.attachments[key] ?? [] : []
        let page = try NamedPage(
            of: attached.sorted { cloud.identity.roles[$0].name < cloud.identity.roles[$1].name },
            after: marker, maxItems, name: { cloud.identity.roles[$0].name },
            where: { cloud.identity.roles[$0].path.hasPrefix(pathPrefix ?? "/") })
        return Output(
            policyGroups: [], policyUsers: [],
            policyRoles: page.elements.map {
                .init(roleName: cloud.identity.roles[$0].name, roleId: cloud.uniqueID($0))
            },
            isTruncated: page.marker != nil, marker: page.marker)
    }
}
