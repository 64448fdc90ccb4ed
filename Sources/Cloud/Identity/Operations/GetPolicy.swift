import CloudAPI

extension IAM.GetPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let managed = ManagedPolicy.named(arn: policyArn) {
            return Output(policy: IAM.Policy(managed, for: caller, in: cloud))
        }
        let id = try cloud.identity.find(policy: policyArn, to: "GetPolicy", for: caller)
        return Output(policy: IAM.Policy(id, in: cloud))
    }
}
