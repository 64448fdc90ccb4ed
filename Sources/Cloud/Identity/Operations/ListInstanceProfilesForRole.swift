import CloudAPI

extension IAM.ListInstanceProfilesForRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(role: roleName, for: caller)
        let profiles = cloud.identity.roles[id].instanceProfiles
        let page = try NamedPage(
            of: profiles.sorted {
                cloud.identity.instanceProfiles[$0].name < cloud.identity.instanceProfiles[$1].name
            },
            after: marker, maxItems, name: { cloud.identity.instanceProfiles[$0].name })
        return Output(
            instanceProfiles: page.elements.map { IAM.InstanceProfile($0, in: cloud) },
            isTruncated: page.marker != nil, marker: page.marker)
    }
}
