import CloudAPI

/// A key that STS has not given out is taken for one of the caller's account.
extension STS.GetAccessKeyInfo: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard (16...128).contains(accessKeyId.utf8.count) else {
            throw .identityValidation(
                accessKeyId, at: "accessKeyId", "have length greater than or equal to 16")
        }
        return Output(
            account: cloud.identity.accessKey(accessKeyId)?.account ?? caller.place.account)
    }
}
