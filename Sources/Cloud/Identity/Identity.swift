import Simulation

public struct RoleID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of IAM. It belongs to accounts, not to regions.
public struct Identity: Sendable, Codable {
    public internal(set) var roles = Table<RoleID, Role>()
    var roleIDs = Index<AccountName, RoleID>()
}

/// A name within an account.
struct AccountName: Hashable, Comparable, Codable, Sendable {
    var account: String
    var name: String

    static func < (one: AccountName, other: AccountName) -> Bool {
        (one.account, one.name) < (other.account, other.name)
    }
}

extension Identity {
    public struct Role: Sendable, Codable {
        public let account: String
        public let name: String
        /// `"/"`, or with folders: `"/service-role/"`.
        public let path: String
        public var trustPolicy: String
        public var description: String?
        public var maxSessionSeconds = 3600
        /// ARNs of managed policies.
        public var attachedPolicies: [String] = []
        public var inlinePolicies: [InlinePolicy] = []
        public let createdAt: Instant
        public var tags: [ResourceTag] = []

        public struct InlinePolicy: Hashable, Sendable, Codable {
            public var name: String
            public var document: String
        }
    }

    /// The role an ARN names; `nil` if there is none.
    public func role(arn: String) -> RoleID? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "iam", parts[5].hasPrefix("role/") else { return nil }
        let name = parts[5].split(separator: "/").last.map(String.init) ?? ""
        return roleIDs[AccountName(account: String(parts[4]), name: name)]
    }
}
