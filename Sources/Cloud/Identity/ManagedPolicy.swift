import CloudAPI

/// A policy that AWS keeps, the same in every account.
public struct ManagedPolicy: Sendable {
    public let name: String
    public let path: String
    /// The version that is in force: 7 stands for `v7`.
    public let version: Int
    /// When that version was made.
    public let madeAt: Timestamp
    public let document: PolicyDocument

    public var arn: String { "arn:aws:iam::aws:policy\(path)\(name)" }

    /// In the order of their ARNs.
    public static let all: [ManagedPolicy] = containerPolicies.sorted { $0.arn < $1.arn }

    private static let byARN = [String: ManagedPolicy](
        uniqueKeysWithValues: all.map { ($0.arn, $0) })

    public static func named(arn: String) -> ManagedPolicy? { byARN[arn] }

    /// Whether it is for service-linked roles only.
    var isForServices: Bool { path == "/aws-service-role/" }
}

extension ManagedPolicy {
    /// - Parameters:
    ///   - version: Its number and when it was made.
    ///   - statements: JSON, one statement each.
    init(
        _ name: String, in path: String = "/", version: (number: Int, made: String),
        _ statements: String...
    ) {
        let text = """
            {"Version":"2012-10-17","Statement":[\(statements.joined(separator: ","))]}
            """
        guard let document = PolicyDocument(text), let madeAt = Timestamp(iso8601: version.made)
        else {
            preconditionFailure("\(name) is no policy")
        }
        (self.name, self.path, self.document, self.madeAt) = (name, path, document, madeAt)
        self.version = version.number
    }

    /// A statement that allows actions, which stand in a text, separated by white space.
    static func allow(
        _ actions: String, on resource: String = "*", if condition: String? = nil,
        sid: String? = nil
    ) -> String {
        let list = actions.split(whereSeparator: \.isWhitespace).map { "\"\($0)\"" }
        let condition = condition.map { ",\"Condition\":\($0)" } ?? ""
        let sid = sid.map { "\"Sid\":\"\($0)\"," } ?? ""
        return "{\(sid)\"Effect\":\"Allow\",\"Action\":[\(list.joined(separator: ","))],"
            + "\"Resource\":\"\(resource)\"\(condition)}"
    }
}
