import CloudAPI

extension APIOperation {
    /// Whether it changes nothing, judged by its name, as AWS names its operations.
    public static var isRead: Bool { ReadOperations.contain(name) }
}

/// Which operations change nothing.
public enum ReadOperations {
    private static let beginnings = ["Describe", "List", "Get", "BatchGet", "BatchCheck", "Filter"]
    /// They give out keys, which are then there.
    private static let exceptions: Set = ["GetSessionToken", "GetFederationToken"]

    public static func contain(_ operation: String) -> Bool {
        beginnings.contains { operation.hasPrefix($0) } && !exceptions.contains(operation)
    }
}
