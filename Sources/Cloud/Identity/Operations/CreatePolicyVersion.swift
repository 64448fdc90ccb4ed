import CloudAPI

extension IAM.CreatePolicyVersion: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(policy: policyArn, to: "CreatePolicyVersion", for: caller)
        let document = try PolicyDocument.permissions(policyDocument)
        guard document.size <= 6144 else {
            throw .identityLimitExceeded("Cannot exceed quota for PolicySize: 6144")
        }
        guard cloud.identity.policies[id].versions.count < 5 else {
            throw .identityLimitExceeded(
                "A managed policy can have up to 5 versions. Before you create a new version, you "
                    + "must delete an existing version.")
        }

        cloud.identity.policies[id].versionsMade += 1
        let version = Identity.Policy.Version(
            number: cloud.identity.policies[id].versionsMade, document: document,
            createdAt: cloud.now)
        cloud.identity.policies[id].versions.append(version)
        cloud.identity.policies[id].updatedAt = cloud.now
        if setAsDefault == true { cloud.identity.policies[id].defaultVersion = version.number }

        return Output(
            policyVersion: IAM.PolicyVersion(version, of: cloud.identity.policies[id], in: cloud))
    }
}
