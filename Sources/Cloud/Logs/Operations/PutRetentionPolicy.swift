import CloudAPI

extension CloudWatchLogs.PutRetentionPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.logs.find(group: logGroupName, for: caller)
        guard Self.days.contains(retentionInDays) else {
            throw .invalidLogParameter(
                retentionInDays, at: "retentionInDays", "satisfy enum value set: \(Self.days)")
        }

        cloud.logs.groups[id].retentionDays = retentionInDays

        return Output()
    }

    /// Source: surroundings.md section 4.2.
    private static let days = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
        3288, 3653,
    ]
}
