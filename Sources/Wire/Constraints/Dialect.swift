import CloudAPI

/// How the front of a service refuses what its model does not allow.
///
/// - ECS checks by hand, and its handlers have its texts, so nothing is checked here (ecs.md 1.5).
/// - ECR: everything, in a text of its own (ecr.md 3.1).
/// - EC2: members that must be there (vpc.md 1). Enums, patterns and numbers are left to the
///   handlers, because the texts differ from parameter to parameter.
/// - Every other service: everything, as `1 validation error detected: ...`. The code is
///   `InvalidParameterException` in Logs, `ValidationException` in Application Auto Scaling and
///   `ValidationError` in the services that speak query.
///
/// So a value that is in no enum reaches the handlers of ECS and EC2 only.
enum Dialect: Sendable {
    case byHand
    case registry
    case ec2
    /// The text that most of AWS's services share, under one code or another.
    case shared(code: String)

    init(of service: APIService) {
        switch service {
        case .ecs: self = .byHand
        case .ecr: self = .registry
        case .ec2: self = .ec2
        case .cloudWatchLogs: self = .shared(code: "InvalidParameterException")
        case .applicationAutoScaling: self = .shared(code: "ValidationException")
        default: self = .shared(code: "ValidationError")
        }
    }

    func check<O: APIOperation>(_ fields: WireFields, of type: O.Type) throws(APIFailure) {
        if case .byHand = self { return }
        var onlyRequired = false
        if case .ec2 = self { onlyRequired = true }
        let found = ServiceModel.of(O.service).rules
            .violations(in: fields, of: O.name, onlyRequired: onlyRequired)
        guard let first = found.first else { return }
        switch self {
        case .byHand: return
        case .registry: throw .registry(first)
        case .ec2: throw .missingParameter(first)
        case .shared(let code): throw .validation(found, code: code)
        }
    }

    /// The request with an empty value for each absent member that the type cannot do without, so
    /// that the handler refuses it in the service's own words: `Tasks cannot be empty.`
    ///
    /// - Returns: `nil` if that is not how the service refuses, or if there is no empty value.
    func filled<O: APIOperation>(_ fields: WireFields, for type: O.Type) -> WireFields? {
        guard case .byHand = self else { return nil }
        var members = fields.members
        let rules = ServiceModel.of(O.service).rules
        for member in rules.members(of: O.name) where member.isRequired {
            guard fields.value(member.wireName) == nil else { continue }
            guard let empty = member.emptyValue else { return nil }
            members.append(.init(member.wireName, empty))
        }
        return try? WireFields(.object(members), style: fields.style)
    }
}

extension RequestRules.Member {
    fileprivate var emptyValue: WireValue? {
        switch type {
        case "Int", "Double", "Bool", "Timestamp": return nil
        case "String", "[UInt8]": return .string("")
        default: break
        }
        let isEnum = rules.contains { if case .oneOf = $0 { true } else { false } }
        if isEnum { return .string("") }
        return type.hasPrefix("[") && !type.hasPrefix("[String:") ? .list([]) : .object([])
    }
}

// MARK: - Texts

extension APIFailure {
    /// One sentence for everything that is wrong.
    ///
    /// Observed on IAM, STS, ELBv2, Logs and Systems Manager alike; values of structures are
    /// written in a form of ours.
    fileprivate static func validation(_ found: [Violation], code: String) -> APIFailure {
        let all = found.map {
            "Value \($0.value.map { "'\($0.inMessage)'" } ?? "null") at '\($0.pathInMessage)' "
                + "failed to "
                + "satisfy constraint: \($0.rule.inMessage)"
        }
        let errors = found.count == 1 ? "1 validation error" : "\(found.count) validation errors"
        return APIFailure(code: code, message: "\(errors) detected: \(all.joined(separator: "; "))")
    }

    /// The first thing that is wrong. Source: ecr.md sections 1.5 and 3.1; lengths as in
    /// trek10inc/ecr-cleaner issue 8; the others in the same manner, assumed.
    fileprivate static func registry(_ violation: Violation) -> APIFailure {
        let constraint: String
        switch violation.rule {
        case .pattern(let text, _): constraint = "must satisfy regular expression '\(text)'"
        case .oneOf(let values) where values.sorted() == mutabilities.sorted():
            constraint = Rule.oneOf(mutabilities).inMessage
        default: constraint = violation.rule.inMessage
        }
        return APIFailure(
            code: "InvalidParameterException",
            message:
                "Invalid parameter at '\(violation.pathInMessage)' failed to satisfy constraint: "
                + "'\(constraint)'")
    }

    /// The order in which ECR was seen to list them; ecr.md section 10.4.
    private static let mutabilities = [
        "IMMUTABLE", "MUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION",
    ]

    /// Source: vpc.md section 1.
    fileprivate static func missingParameter(_ violation: Violation) -> APIFailure {
        let name = violation.path.last ?? ""
        return APIFailure(
            code: "MissingParameter",
            message: "The request must contain the parameter \(name.withLowerFirst)")
    }
}

extension Violation {
    /// `tags.1.member.key`
    fileprivate var pathInMessage: String {
        path.map(\.withLowerFirst).joined(separator: ".")
    }
}

extension Rule {
    fileprivate var inMessage: String {
        switch self {
        case .notNull: "Member must not be null"
        case .minimumLength(let least): "Member must have length greater than or equal to \(least)"
        case .maximumLength(let most): "Member must have length less than or equal to \(most)"
        case .minimumValue(let least): "Member must have value greater than or equal to \(least)"
        case .maximumValue(let most): "Member must have value less than or equal to \(most)"
        case .pattern(let text, _): "Member must satisfy regular expression pattern: \(text)"
        case .oneOf(let values):
            "Member must satisfy enum value set: [\(values.joined(separator: ", "))]"
        case .elements(let rules): "Member must satisfy constraint: [\(Self.list(rules))]"
        case .keys(let rules): "Map keys must satisfy constraint: [\(Self.list(rules))]"
        case .values(let rules): "Map value must satisfy constraint: [\(Self.list(rules))]"
        }
    }

    private static func list(_ rules: [Rule]) -> String {
        rules.map { $0.inMessage }.joined(separator: ", ")
    }
}

extension WireValue {
    /// As Java prints it.
    fileprivate var inMessage: String {
        switch self {
        case .null: return "null"
        case .bool(let bool): return String(bool)
        case .int(let int): return String(int)
        case .double(let double): return String(double)
        case .string(let text): return text
        case .list(let values): return "[\(values.map(\.inMessage).joined(separator: ", "))]"
        case .object(let members):
            let elements = parts(in: .text, isMap: false)
            if !elements.isEmpty { return WireValue.list(elements.map(\.value)).inMessage }
            return "{\(members.map { "\($0.key)=\($0.value.inMessage)" }.joined(separator: ", "))}"
        }
    }
}
