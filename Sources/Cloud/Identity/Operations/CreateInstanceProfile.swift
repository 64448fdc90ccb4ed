import CloudAPI

extension IAM.CreateInstanceProfile: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Identity.check(name: instanceProfileName, "instanceProfileName")
        if let path { try Identity.check(path: path) }
        let tags = try [ResourceTag]().adding(tags ?? [])
        let account = caller.place.account
        let key = cloud.identity.key(account, instanceProfileName)
        guard cloud.identity.instanceProfileIDs[key] == nil else {
            throw .entityAlreadyExists("Instance Profile \(instanceProfileName) already exists.")
        }

        let id = cloud.identity.add(
            Identity.InstanceProfile(
                account: account, name: instanceProfileName, path: path ?? "/",
                createdAt: cloud.now,
                tags: tags))

        return Output(instanceProfile: IAM.InstanceProfile(id, in: cloud))
    }
}
