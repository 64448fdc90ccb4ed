import Simulation

public struct RoleID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
/// A managed policy that a user has made; those of AWS are ``ManagedPolicy``.
public struct PolicyID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct InstanceProfileID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of IAM and STS. It belongs to accounts, not to regions.
public struct Identity: Sendable, Codable {
    public internal(set) var roles = Table<RoleID, Role>()
    public internal(set) var policies = Table<PolicyID, Policy>()
    public internal(set) var instanceProfiles = Table<InstanceProfileID, InstanceProfile>()
    // Names are unique without regard to case, so these go by the name in small letters.
    var roleIDs = Index<AccountName, RoleID>()
    var policyIDs = Index<AccountName, PolicyID>()
    var instanceProfileIDs = Index<AccountName, InstanceProfileID>()
    // In the order of names.
    var rolesByAccount = Index<String, [RoleID]>()
    var policiesByAccount = Index<String, [PolicyID]>()
    var instanceProfilesByAccount = Index<String, [InstanceProfileID]>()
    /// Which roles of an account a managed policy is attached to, by its ARN.
    var attachments = Index<AccountName, [RoleID]>()
    /// The keys that STS has given out.
    var accessKeys = Index<String, AccessKey>()
    var accessKeysGiven: UInt64 = 0
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
        /// Who may assume the role.
        public internal(set) var trustPolicy: PolicyDocument
        public var description: String?
        public var maxSessionSeconds = 3600
        /// ARNs of managed policies.
        public internal(set) var attachedPolicies: [String] = []
        public internal(set) var inlinePolicies: [InlinePolicy] = []
        /// The ARN of a managed policy.
        public var permissionsBoundary: String?
        public var instanceProfiles: [InstanceProfileID] = []
        public let createdAt: Instant
        public var tags: [ResourceTag] = []

        public struct InlinePolicy: Hashable, Sendable, Codable {
            public var name: String
            public var document: PolicyDocument
        }

        /// Whether it belongs to a service of AWS, which alone may change it.
        public var isServiceLinked: Bool { path.hasPrefix("/aws-service-role/") }
    }

    public struct Policy: Sendable, Codable {
        public let account: String
        public let name: String
        public let path: String
        public let description: String?
        public let createdAt: Instant
        public internal(set) var updatedAt: Instant
        /// By ascending number.
        public internal(set) var versions: [Version]
        public internal(set) var defaultVersion = 1
        var versionsMade = 1
        public var tags: [ResourceTag] = []

        public struct Version: Sendable, Codable {
            public let number: Int
            public let document: PolicyDocument
            public let createdAt: Instant
        }

        public func version(_ number: Int) -> Version? { versions.first { $0.number == number } }
    }

    public struct InstanceProfile: Sendable, Codable {
        public let account: String
        public let name: String
        public let path: String
        public let createdAt: Instant
        /// At most one.
        public internal(set) var role: RoleID?
        public var tags: [ResourceTag] = []
    }

    /// A key that STS has given out, and whom it stands for.
    public struct AccessKey: Hashable, Sendable, Codable {
        public let account: String
        /// The caller's ARN, as `GetCallerIdentity` answers it.
        public let arn: String
        public let secret: String
        public let sessionToken: String
        public let expiresAt: Instant
    }
}

extension Identity {
    /// The role an ARN names; `nil` if there is none.
    public func role(arn: String) -> RoleID? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "iam", parts[5].hasPrefix("role/"),
            let name = parts[5].split(separator: "/").last
        else { return nil }
        return role(named: String(name), in: String(parts[4])).flatMap {
            roles[$0].path + name == parts[5].dropFirst(4) ? $0 : nil
        }
    }

    public func role(named name: String, in account: String) -> RoleID? {
        roleIDs[AccountName(account: account, name: name.lowercased())].flatMap {
            roles[$0].name == name ? $0 : nil
        }
    }

    /// Whom an access key stands for; `nil` if STS has not given it out. One that has expired is
    /// known too.
    public func accessKey(_ id: String) -> AccessKey? { accessKeys[id] }

    /// Whether the role lets a service of AWS, such as `ecs-tasks.amazonaws.com`, assume it.
    public func isTrusted(_ service: String, by role: RoleID) -> Bool {
        roles[role].trustPolicy.trusts(service: service)
    }

    /// Whether the role's policies let it do something, such as `logs:CreateLogGroup`.
    ///
    /// Conditions are taken to hold where they allow, and not to hold where they deny; a
    /// permissions boundary counts.
    public func decision(
        for role: RoleID, action: String, on resource: String = "*"
    ) -> PolicyDocument.Decision {
        var documents = roles[role].inlinePolicies.map(\.document)
        documents += roles[role].attachedPolicies.compactMap { document(ofPolicy: $0) }
        let decision = PolicyDocument.decision(of: documents, action: action, on: resource)
        guard decision == .allowed, let boundary = roles[role].permissionsBoundary else {
            return decision
        }
        return PolicyDocument.decision(
            of: [document(ofPolicy: boundary)].compactMap { $0 }, action: action, on: resource)
    }

    /// What a managed policy says now.
    func document(ofPolicy arn: String) -> PolicyDocument? {
        if let managed = ManagedPolicy.named(arn: arn) { return managed.document }
        return policy(arn: arn).flatMap {
            policies[$0].version(policies[$0].defaultVersion)?.document
        }
    }

    func policy(arn: String) -> PolicyID? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "iam", parts[5].hasPrefix("policy/"),
            let name = parts[5].split(separator: "/").last
        else { return nil }
        let key = AccountName(account: String(parts[4]), name: name.lowercased())
        return policyIDs[key].flatMap {
            policies[$0].path + policies[$0].name == parts[5].dropFirst(6) ? $0 : nil
        }
    }
}
