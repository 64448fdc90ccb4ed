import CloudAPI

extension CloudWatchLogs.StartQuery: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        throw .noLogQueries
    }
}
