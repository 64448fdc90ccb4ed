import CloudAPI

/// What the model of a service asks of requests, made ready for checking.
struct RequestRules: Sendable {
    /// What is asked of one value, and where it leads.
    struct Member: Sendable {
        /// The name on the wire; empty for what is inside a list or map.
        var wireName: String
        var isRequired: Bool
        var rules: [Rule]
        var below: Below
        var type: String
    }

    indirect enum Below: Sendable {
        case nothing
        /// A structure, by the name of its type.
        case shape(String)
        case list(of: Member)
        case map(key: Member?, value: Member?)
    }

    private var types: [String: [Member]] = [:]

    func members(of type: String) -> [Member] { types[type] ?? [] }
}

/// One thing that is asked of a value.
enum Rule: Sendable {
    case notNull
    case minimumLength(Int), maximumLength(Int)
    case minimumValue(Int), maximumValue(Int)
    case pattern(String, Pattern)
    case oneOf([String])
    /// Every element of a list, key of a map, or value of a map.
    case elements([Rule]), keys([Rule]), values([Rule])
}

extension RequestRules {
    init(_ constraints: Constraints) {
        for type in constraints.typeNames {
            let rows = constraints.members(of: type)
            let byName = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
            types[type] = rows.filter { !$0.wireName.isEmpty }.map {
                Self.member($0, rows: byName, constraints)
            }
        }
    }

    private static func member(
        _ row: Constraints.Member, rows: [String: Constraints.Member], _ constraints: Constraints
    ) -> Member {
        func inside(_ suffix: String) -> Member? {
            rows[row.name + suffix].map { member($0, rows: rows, constraints) }
        }
        let below: Below
        if row.type.hasPrefix("["), row.type != "[UInt8]" {
            if row.type.hasPrefix("[String:") {
                below = .map(key: inside("[key]"), value: inside("[]"))
            } else {
                below = inside("[]").map { .list(of: $0) } ?? .nothing
            }
        } else if !constraints.members(of: row.type).isEmpty {
            below = .shape(row.type)
        } else {
            below = .nothing
        }
        return Member(
            wireName: row.wireName, isRequired: row.isRequired,
            rules: rules(row, below, constraints), below: below, type: row.type)
    }

    /// In the order in which AWS lists them.
    private static func rules(
        _ row: Constraints.Member, _ below: Below, _ constraints: Constraints
    ) -> [Rule] {
        var rules: [Rule] = []
        if ["Int", "Double"].contains(row.type) {
            rules += row.maximum.map { [.maximumValue($0)] } ?? []
            rules += row.minimum.map { [.minimumValue($0)] } ?? []
        } else if row.type != "[UInt8]" {
            // The length of bytes would be that of their base64; the limit on bodies is enough.
            rules += row.maximum.map { [.maximumLength($0)] } ?? []
            rules += row.minimum.map { [.minimumLength($0)] } ?? []
        }
        if let text = row.pattern, let pattern = Pattern(text) {
            rules.append(.pattern(text, pattern))
        }
        if let values = constraints.values(of: row.type) { rules.append(.oneOf(values)) }
        switch below {
        case .list(let element) where !element.rules.isEmpty: rules.append(.elements(element.rules))
        case .map(let key, let value):
            if let key, !key.rules.isEmpty { rules.append(.keys(key.rules)) }
            if let value, !value.rules.isEmpty { rules.append(.values(value.rules)) }
        default: break
        }
        return rules
    }
}
