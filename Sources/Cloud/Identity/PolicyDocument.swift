import CloudAPI

/// A policy, as its author wrote it and as Drydock reads it.
public struct PolicyDocument: Hashable, Sendable {
    public enum Decision: Hashable, Sendable {
        case allowed, explicitDeny, implicitDeny
    }

    struct Statement: Hashable, Sendable {
        var allows: Bool
        /// In small letters; with stars.
        var actions: [String]
        /// Whether it is about all actions but these.
        var isAboutOtherActions: Bool
        var resources: [String]
        var isAboutOtherResources: Bool
        /// Of a trust policy: `Principal` by kind; a bare star stands under `"*"`.
        var principals: [String: [String]]
        var hasConditions: Bool
    }

    public let text: String
    let statements: [Statement]

    /// - Returns: `nil` if the text is no policy.
    init?(_ text: String) {
        guard let json = WireValue(json: text), let statement = json["Statement"] else {
            return nil
        }
        let list = statement.asList ?? [statement]
        let statements = list.compactMap(Statement.init)
        guard statements.count == list.count else { return nil }
        self.text = text
        self.statements = statements
    }
}

extension PolicyDocument.Statement {
    fileprivate init?(_ json: WireValue) {
        guard let effect = json["Effect"]?.asText, ["Allow", "Deny"].contains(effect) else {
            return nil
        }
        allows = effect == "Allow"
        isAboutOtherActions = json["NotAction"] != nil
        actions = (json["NotAction"] ?? json["Action"])?.asTexts?.map { $0.lowercased() } ?? []
        isAboutOtherResources = json["NotResource"] != nil
        resources = (json["NotResource"] ?? json["Resource"])?.asTexts ?? []
        principals = [:]
        if let all = json["Principal"]?.asText { principals["*"] = [all] }
        for member in json["Principal"]?.asMembers ?? [] {
            principals[member.key] = member.value.asTexts ?? []
        }
        hasConditions = json["Condition"]?.asMembers?.isEmpty == false
    }

    /// Who is meant, by ARN or account, or `*`.
    fileprivate var everyAWSPrincipal: [String] {
        (principals["AWS"] ?? []) + (principals["*"] ?? [])
    }

    /// In the policy of a resource, which need not name it.
    fileprivate func covers(action: String) -> Bool {
        let isNamed = actions.contains { WildcardPattern($0).matches(action.lowercased()) }
        return isNamed != isAboutOtherActions
    }

    fileprivate func covers(action: String, on resource: String) -> Bool {
        let isNamed = actions.contains { WildcardPattern($0).matches(action.lowercased()) }
        let isMeant =
            resource == "*" && allows && !isAboutOtherResources
            || resources.contains { WildcardPattern($0).matches(resource) }
        return isNamed != isAboutOtherActions && isMeant != isAboutOtherResources
    }
}

extension PolicyDocument {
    /// What policies together say. An action on resource `*` is one on some resource or other: what
    /// allows it on one does, what denies it must deny it on all.
    static func decision(
        of documents: [PolicyDocument], action: String, on resource: String
    ) -> Decision {
        let about = documents.flatMap(\.statements).filter {
            $0.covers(action: action, on: resource)
        }
        if about.contains(where: { !$0.allows && !$0.hasConditions }) { return .explicitDeny }
        return about.contains(where: \.allows) ? .allowed : .implicitDeny
    }

    /// What the policy of a resource says to a caller. Conditions are taken to hold where something
    /// is allowed, and not where it is denied.
    func decision(for caller: Caller, to action: String) -> Decision {
        let about = statements.filter { $0.covers(action: action) }
        let isDenied = about.contains { statement in
            !statement.allows && !statement.hasConditions
                && statement.everyAWSPrincipal.contains { Self.means($0, caller, asRoot: false) }
        }
        if isDenied { return .explicitDeny }
        let isAllowed = about.contains { statement in
            statement.allows
                && statement.everyAWSPrincipal.contains { Self.means($0, caller, asRoot: true) }
        }
        return isAllowed ? .allowed : .implicitDeny
    }

    func trusts(service: String) -> Bool {
        statements.contains { $0.allows && $0.principals["Service"]?.contains(service) == true }
    }

    /// Whether a caller may assume the role of this trust policy. Conditions are taken to hold.
    ///
    /// The root of an account may do what anyone in it may. AWS never lets it assume a role; but
    /// scripts that call Drydock without an identity of their own call as root.
    func trusts(_ caller: Caller, in account: String) -> Bool {
        statements.contains { statement in
            statement.allows
                && (statement.principals["AWS"] ?? []).contains {
                    Self.means($0, caller, asRoot: true)
                }
        }
    }

    /// - Parameter asRoot: Whether the root of an account counts as everyone in it.
    private static func means(_ principal: String, _ caller: Caller, asRoot: Bool) -> Bool {
        let account = caller.place.account
        let isRoot = caller.arn == "arn:aws:iam::\(account):root"
        return principal == "*" || principal == account || principal == caller.arn
            || principal == "arn:aws:iam::\(account):root"
            || asRoot && isRoot && principal.hasPrefix("arn:aws:iam::\(account):")
            || isSession(caller.arn, ofRole: principal)
    }

    /// `arn:aws:sts::A:assumed-role/Role/Session` is a session of `arn:aws:iam::A:role/path/Role`.
    private static func isSession(_ arn: String, ofRole role: String) -> Bool {
        let session = arn.split(separator: ":", omittingEmptySubsequences: false)
        let role = role.split(separator: ":", omittingEmptySubsequences: false)
        guard session.count == 6, role.count == 6, session[4] == role[4],
            role[5].hasPrefix("role/"), let name = role[5].split(separator: "/").last
        else { return false }
        return session[5].hasPrefix("assumed-role/\(name)/")
    }

    /// As IAM answers documents: percent-encoded. Source: surroundings.md section 3; RFC 3986.
    var encoded: String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded.append(UInt8(ascii: "%"))
                encoded += Naming.hex(UInt64(byte), digits: 2).uppercased().utf8
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// White space does not count against the quotas.
    var size: Int { text.utf8.count { $0 > 32 } }
}

/// Saved as its text.
extension PolicyDocument: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let document = PolicyDocument(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "This is no policy.")
        }
        self = document
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
