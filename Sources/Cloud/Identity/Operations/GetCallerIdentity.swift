import CloudAPI

/// Source: surroundings.md section 2.
extension STS.GetCallerIdentity: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        Output(userId: cloud.userID(of: caller), account: caller.place.account, arn: caller.arn)
    }
}
