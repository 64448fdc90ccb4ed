import CloudAPI

extension Registry {
    /// Which images of a repository may go, in words of its owner. Source: ecr.md section 11.
    struct LifecyclePolicy: Equatable {
        struct Rule: Equatable {
            enum Selection: Equatable {
                case untagged, any
                /// Each of them must be the beginning of some tag of the image.
                case prefixes([String])
                /// Each of them must match some tag of the image.
                case patterns([String])
            }
            enum Limit: Equatable {
                case count(Int)
                case daysSincePushed(Int), daysSincePulled(Int), daysSinceTransitioned(Int)
            }

            var priority: Int
            var selection: Selection
            var limit: Limit
            /// Otherwise the image goes to the archive.
            var expires: Bool
            /// Whether it is about archived images and not about the others.
            var isForArchive = false
        }

        /// By ascending priority.
        var rules: [Rule]
    }
}

extension Registry.LifecyclePolicy {
    /// - Throws: With the complaint of the schema that comes first. Source of the texts in
    ///   brackets: ecr.md section 11.9; the others: assumed.
    init(_ text: String) throws(APIFailure) {
        guard (100...30_720).contains(text.count) else {
            throw Self.invalid(
                "string \"...\" has length \(text.count), allowed are 100 to 30720 characters")
        }
        guard let json = WireValue(json: text), json.asMembers != nil else {
            throw Self.invalid("Could not map policyString into LifecyclePolicy.")
        }
        guard let list = json["rules"]?.asList else {
            throw Self.invalid("object has missing required properties ([\"rules\"])")
        }
        guard (1...50).contains(list.count) else {
            throw Self.invalid("a policy has 1 to 50 rules, found: \(list.count)")
        }
        rules = []
        for rule in list { rules.append(try Rule(rule)) }
        rules.sort { $0.priority < $1.priority }
        try checkTogether()
    }

    fileprivate static func invalid(_ complaint: String) -> APIFailure {
        .registryParameter(
            "LifecyclePolicyText", "Lifecycle policy validation failure: \(complaint)")
    }

    /// Source: ecr.md sections 11.2, 11.3 and 11.5, number 7.
    private func checkTogether() throws(APIFailure) {
        for (rule, next) in zip(rules, rules.dropFirst()) {
            guard rule.priority != next.priority else {
                throw Self.invalid("rulePriority \(rule.priority) is used more than once")
            }
            guard rule.selection != .any else {
                throw Self.invalid(
                    "the rule with tagStatus any must have the highest rulePriority number")
            }
        }
        for isForArchive in [false, true] {
            let untagged = rules.count {
                $0.selection == .untagged && $0.isForArchive == isForArchive
            }
            guard untagged <= 1 else {
                throw Self.invalid("there is more than one rule with tagStatus untagged")
            }
        }
    }
}

extension Registry.LifecyclePolicy.Rule {
    fileprivate typealias Policy = Registry.LifecyclePolicy

    fileprivate init(_ json: WireValue) throws(APIFailure) {
        let missing = ["action", "rulePriority", "selection"].filter { json[$0] == nil }
        guard missing.isEmpty, let selection = json["selection"] else {
            throw Policy.invalid(Self.text(missing: missing))
        }
        priority = try Self.atLeastOne(json["rulePriority"])
        let kind = try Self.choice(json["action"]?["type"], ["expire", "transition"])
        expires = kind == "expire"
        let absent = ["countNumber", "countType", "tagStatus"].filter { selection[$0] == nil }
        guard absent.isEmpty else { throw Policy.invalid(Self.text(missing: absent)) }
        self.selection = try Self.selection(selection)
        limit = try Self.limit(selection)
        var storage: String?
        if let given = selection["storageClass"] {
            storage = try Self.choice(given, ["archive", "standard"])
        }
        isForArchive = storage == "archive"
        try checkTogether(storage, json["action"]?["targetStorageClass"])
    }

    private static func selection(_ json: WireValue) throws(APIFailure) -> Selection {
        let status = try choice(json["tagStatus"], ["any", "tagged", "untagged"])
        let prefixes = json["tagPrefixList"]?.asTexts
        let patterns = json["tagPatternList"]?.asTexts
        switch (status, prefixes, patterns) {
        case ("untagged", nil, nil): return .untagged
        case ("any", nil, nil): return .any
        case ("tagged", let list?, nil) where !list.isEmpty: return .prefixes(list)
        case ("tagged", nil, let list?) where !list.isEmpty:
            for pattern in list where pattern.utf8.count(where: { $0 == UInt8(ascii: "*") }) > 4 {
                throw Policy.invalid("a pattern can have at most 4 wildcards: \(pattern)")
            }
            return .patterns(list)
        default:
            throw Policy.invalid("instance failed to match exactly one schema (matched 0 out of 2)")
        }
    }

    private static func limit(_ json: WireValue) throws(APIFailure) -> Limit {
        let kind = try choice(
            json["countType"],
            [
                "imageCountMoreThan", "sinceImagePulled", "sinceImagePushed",
                "sinceImageTransitioned",
            ])
        let number = try atLeastOne(json["countNumber"])
        if let unit = json["countUnit"] { _ = try choice(unit, ["days"]) }
        guard (kind == "imageCountMoreThan") == (json["countUnit"] == nil) else {
            throw Policy.invalid("instance failed to match exactly one schema (matched 0 out of 2)")
        }
        switch kind {
        case "imageCountMoreThan": return .count(number)
        case "sinceImagePushed": return .daysSincePushed(number)
        case "sinceImagePulled": return .daysSincePulled(number)
        default: return .daysSinceTransitioned(number)
        }
    }

    /// Source: ecr.md section 11.4.
    private func checkTogether(
        _ storageClass: String?, _ target: WireValue?
    ) throws(APIFailure) {
        switch limit {
        case .daysSincePulled where expires:
            throw Policy.invalid("sinceImagePulled goes with the action transition only")
        case .daysSinceTransitioned(let days):
            guard storageClass == "archive", expires, days >= 90 else {
                throw Policy.invalid(
                    "sinceImageTransitioned goes with storageClass archive, the action expire and "
                        + "at least 90 days only")
            }
        default: break
        }
        guard expires || target?.asText == "archive" else {
            throw Policy.invalid(Self.text(missing: ["targetStorageClass"]))
        }
    }

    private static func text(missing: [String]) -> String {
        "object has missing required properties (["
            + missing.map { "\"\($0)\"" }.joined(separator: ",") + "])"
    }

    private static func choice(
        _ value: WireValue?, _ choices: [String]
    ) throws(APIFailure) -> String {
        if let text = value?.asText, choices.contains(text) { return text }
        let found = value?.asText.map { "\"\($0)\"" } ?? value?.kind ?? "null"
        throw Policy.invalid(
            "instance value (\(found)) not found in enum :(possible values: ["
                + choices.map { "\"\($0)\"" }.joined(separator: ",") + "])")
    }

    private static func atLeastOne(_ value: WireValue?) throws(APIFailure) -> Int {
        guard let number = value?.asInt else {
            throw Policy.invalid(
                "instance type (\(value?.kind ?? "null")) does not match any allowed primitive "
                    + "type "
                    + "(allowed: [\"integer\"])")
        }
        guard number >= 1 else {
            throw Policy.invalid(
                "numeric instance is lower than the required minimum (minimum: 1, found: \(number))"
            )
        }
        return number
    }
}
