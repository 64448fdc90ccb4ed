import CloudAPI

/// An account has no alias.
extension IAM.ListAccountAliases: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Identity.check(maxItems, at: "maxItems", in: 1...1000)
        return Output(accountAliases: [], isTruncated: false)
    }
}
