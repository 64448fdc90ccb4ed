import CloudAPI

/// There is no query, because none can be started.
extension CloudWatchLogs.GetQueryResults: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        throw .logQueryNotFound
    }
}
