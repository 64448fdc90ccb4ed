import CloudAPI

extension IAM.CreatePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Identity.check(name: policyName, "policyName")
        if let path { try Identity.check(path: path) }
        let document = try PolicyDocument.permissions(policyDocument)
        guard document.size <= 6144 else {
            throw .identityLimitExceeded("Cannot exceed quota for PolicySize: 6144")
        }
        let tags = try [ResourceTag]().adding(tags ?? [])
        let account = caller.place.account
        guard cloud.identity.policyIDs[cloud.identity.key(account, policyName)] == nil else {
            throw .entityAlreadyExists(
                "A policy called \(policyName) already exists. Duplicate names are not allowed.")
        }

        let version = Identity.Policy.Version(number: 1, document: document, createdAt: cloud.now)
        let id = cloud.identity.add(
            Identity.Policy(
                account: account, name: policyName, path: path ?? "/", description: description,
                createdAt: cloud.now, updatedAt: cloud.now, versions: [version], tags: tags))

        return Output(policy: IAM.Policy(id, in: cloud))
    }
}
