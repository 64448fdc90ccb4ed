import CloudAPI

extension IAM.DeletePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(policy: policyArn, to: "DeletePolicy", for: caller)
        let key = AccountName(account: caller.place.account, name: policyArn)
        guard cloud.identity.attachments[key] == nil else {
            throw .deleteConflict("Cannot delete a policy attached to entities.")
        }
        guard cloud.identity.policies[id].versions.count == 1 else {
            throw .deleteConflict(
                "This policy has more than one version. Before you delete a policy, you must "
                    + "delete "
                    + "the policy's versions. The default version is deleted with the policy.")
        }

        cloud.identity.delete(id)

        return Output()
    }
}
