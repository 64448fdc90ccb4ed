import CloudAPI

/// Texts: elbv2.md section 9, unless "assumed" stands beside one.
extension Balancing.Condition {
    /// Reads the conditions of a rule.
    static func read(
        _ conditions: [ELBv2.RuleCondition]
    ) throws(APIFailure) -> [Balancing.Condition] {
        // Assumed.
        guard !conditions.isEmpty else { throw .balancingInvalid("A condition must be specified") }
        var read: [Balancing.Condition] = []
        for condition in conditions { read.append(try Balancing.Condition.read(condition)) }
        for field in ["host-header", "path-pattern", "http-request-method", "source-ip"] {
            guard read.filter({ $0.field == field }).count < 2 else {
                // Assumed.
                throw .balancingInvalid("A rule can have only one '\(field)' condition")
            }
        }
        // Quotas of a rule: elbv2.md section 8. Texts are assumed.
        guard read.reduce(0, { $0 + $1.patterns.count }) <= 5 else {
            throw .balancingInvalid("The rule contains too many condition values; the limit is '5'")
        }
        let wildcards = read.reduce(0) { count, condition in
            count
                + condition.patterns.reduce(0) {
                    $0 + $1.utf8.filter { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }.count
                }
        }
        guard wildcards <= 5 else {
            throw .balancingInvalid("The rule contains too many wildcards; the limit is '5'")
        }
        return read
    }

    private static func read(
        _ condition: ELBv2.RuleCondition
    ) throws(APIFailure) -> Balancing.Condition {
        guard !condition.hasRegex else {
            throw .balancingNotSupported("regular expressions in conditions")
        }
        switch condition.field {
        case "host-header"?:
            return .host(try values(condition, condition.hostHeaderConfig?.values))
        case "path-pattern"?:
            return .path(try values(condition, condition.pathPatternConfig?.values))
        case "http-header"?:
            return try readHeader(condition.httpHeaderConfig)
        case "http-request-method"?:
            return try readMethod(condition.httpRequestMethodConfig)
        case "query-string"?:
            return try readQuery(condition.queryStringConfig)
        case "source-ip"?:
            return try readSource(condition.sourceIpConfig)
        case let other:
            throw .balancingInvalid(
                "Condition field '\(other ?? "")' must be one of '[path-pattern,host-header,"
                    + "http-header,http-request-method,query-string,source-ip]'")
        }
    }

    /// The values of a host or path condition, which may stand in either of two places.
    private static func values(
        _ condition: ELBv2.RuleCondition, _ configured: [String]?
    ) throws(APIFailure) -> [String] {
        let field = condition.field!
        let values = configured ?? condition.values ?? []
        guard configured != nil || values.count <= 1 else {
            throw .balancingInvalid(
                "The '\(field)' field contains too many values; the limit is '1'")
        }
        guard !values.isEmpty else {
            throw .balancingInvalid("A condition value must be specified")
        }
        try checkLengths(values, of: field, limit: 128)
        return values
    }

    private static func checkLengths(
        _ values: [String], of name: String, limit: Int
    ) throws(APIFailure) {
        guard values.allSatisfy({ $0.utf8.count <= limit }) else {
            throw .balancingInvalid("The '\(name)' value is too long; the limit is '\(limit)'")
        }
    }

    private static func readHeader(
        _ config: ELBv2.HttpHeaderConditionConfig?
    ) throws(APIFailure) -> Balancing.Condition {
        guard let config else {
            throw .balancingInvalid("A 'HttpHeaderConfig' must be specified with 'http-header'")
        }
        let (name, values) = (config.httpHeaderName ?? "", config.values ?? [])
        try checkLengths([name], of: "HttpHeaderName", limit: 40)
        // Assumed.
        guard !name.isEmpty else { throw .balancingInvalid("A 'HttpHeaderName' must be specified") }
        guard name.lowercased() != "host" else {
            // Documented: a host-header condition is for that; the text is assumed.
            throw .balancingInvalid("The 'HttpHeaderName' value 'Host' is not allowed")
        }
        guard !values.isEmpty else {
            throw .balancingInvalid("A condition value must be specified")
        }
        try checkLengths(values, of: "http-header", limit: 128)
        return .header(name: name, values)
    }

    private static func readMethod(
        _ config: ELBv2.HttpRequestMethodConditionConfig?
    ) throws(APIFailure) -> Balancing.Condition {
        guard let config else {
            throw .balancingInvalid(
                "A 'HttpRequestMethodConfig' must be specified with 'http-request-method'")
        }
        let values = config.values ?? []
        guard !values.isEmpty else {
            throw .balancingInvalid("A condition value must be specified")
        }
        try checkLengths(values, of: "http-request-method", limit: 40)
        let isPlain = values.allSatisfy {
            !$0.isEmpty && $0.utf8.allSatisfy { 65...90 ~= $0 || $0 == 45 || $0 == 95 }
        }
        guard isPlain else {
            throw .balancingInvalid(
                "The 'http-request-method' value is invalid; the allowed characters are A-Z, "
                    + "hyphen and underscore")
        }
        return .method(values)
    }

    private static func readQuery(
        _ config: ELBv2.QueryStringConditionConfig?
    ) throws(APIFailure) -> Balancing.Condition {
        guard let config else {
            throw .balancingInvalid("A 'QueryStringConfig' must be specified with 'query-string'")
        }
        let pairs = config.values ?? []
        guard !pairs.isEmpty else { throw .balancingInvalid("A condition value must be specified") }
        for pair in pairs {
            guard let value = pair.value else {
                throw .balancingInvalid("A 'Value' must be specified in 'QueryStringKeyValuePair'")
            }
            try checkLengths([pair.key ?? ""], of: "Key", limit: 128)
            try checkLengths([value], of: "Value", limit: 128)
        }
        return .query(pairs.map { ResourceTag($0.key ?? "", $0.value ?? "") })
    }

    private static func readSource(
        _ config: ELBv2.SourceIpConditionConfig?
    ) throws(APIFailure) -> Balancing.Condition {
        guard let config else {
            throw .balancingInvalid("A 'SourceIpConfig' must be specified with 'source-ip'")
        }
        let values = config.values ?? []
        guard !values.isEmpty else {
            throw .balancingInvalid("A 'source-ip' value must be specified")
        }
        for value in values where CIDRBlock(value) == nil && !value.contains(":") {
            // Assumed. Blocks of IPv6 are kept; no client has such an address.
            throw .balancingInvalid("The 'source-ip' value '\(value)' is not a valid CIDR block")
        }
        return .source(values)
    }

    var field: String {
        switch self {
        case .host: "host-header"
        case .path: "path-pattern"
        case .header: "http-header"
        case .method: "http-request-method"
        case .query: "query-string"
        case .source: "source-ip"
        }
    }

    /// What counts towards the quotas of a rule.
    private var patterns: [String] {
        switch self {
        case .host(let values), .path(let values), .header(_, let values), .method(let values),
            .source(let values):
            values
        case .query(let pairs): pairs.map { $0.key + "=" + $0.value }
        }
    }
}

extension ELBv2.RuleCondition {
    fileprivate var hasRegex: Bool {
        [
            regexValues, hostHeaderConfig?.regexValues, pathPatternConfig?.regexValues,
            httpHeaderConfig?.regexValues,
        ].contains { $0?.isEmpty == false }
    }

    init(_ condition: Balancing.Condition) {
        self.init(field: condition.field)
        switch condition {
        // These two are shown in both places.
        case .host(let values): (self.values, hostHeaderConfig) = (values, .init(values: values))
        case .path(let values): (self.values, pathPatternConfig) = (values, .init(values: values))
        case .header(let name, let values):
            httpHeaderConfig = .init(httpHeaderName: name, values: values)
        case .method(let values): httpRequestMethodConfig = .init(values: values)
        case .query(let pairs):
            queryStringConfig = .init(
                values: pairs.map { .init(key: $0.key.isEmpty ? nil : $0.key, value: $0.value) })
        case .source(let values): sourceIpConfig = .init(values: values)
        }
    }
}
