import CloudAPI

/// A rule of the model that a request breaks.
struct Violation: Sendable {
    /// From the outside in, by the names on the wire; elements of lists are their number and
    /// `member`, as in AWS's messages.
    var path: [String]
    /// `nil` where nothing stands.
    var value: WireValue?
    var rule: Rule
}

extension RequestRules {
    /// Every rule that the members of an operation break, in the order of the model.
    ///
    /// Values of a wrong type are passed over; reading the operation finds them.
    ///
    /// - Parameter onlyRequired: Look for nothing but absent members.
    func violations(in fields: WireFields, of type: String, onlyRequired: Bool = false)
        -> [Violation]
    {
        var search = Search(rules: self, style: fields.style, onlyRequired: onlyRequired)
        search.look(at: fields, type, path: [])
        return search.found
    }

    private struct Search {
        let rules: RequestRules
        let style: WireFields.Style
        let onlyRequired: Bool
        var found: [Violation] = []

        mutating func look(at fields: WireFields, _ type: String, path: [String]) {
            for member in rules.members(of: type) {
                guard let value = fields.value(member.wireName) else {
                    if member.isRequired {
                        found.append(Violation(path: path + [member.wireName], rule: .notNull))
                    }
                    continue
                }
                look(at: value, member, path: path + [member.wireName])
            }
        }

        private mutating func look(at value: WireValue, _ member: Member, path: [String]) {
            let parts = value.parts(in: style, isMap: member.isMap)
            if !onlyRequired {
                for rule in member.rules where rule.isBroken(by: value, parts: parts) {
                    found.append(Violation(path: path, value: value, rule: rule))
                }
            }
            switch member.below {
            case .nothing: break
            case .shape(let type):
                guard let fields = try? WireFields(value, style: style) else { return }
                look(at: fields, type, path: path)
            case .list(let element):
                guard case .nothing = element.below else {
                    for (index, part) in parts.enumerated() {
                        lookBelow(part.value, element, path: path + [String(index + 1), "member"])
                    }
                    return
                }
            case .map(_, let element?):
                for part in parts {
                    lookBelow(part.value, element, path: path + [part.key, "member"])
                }
            case .map: break
            }
        }

        /// An element whose own rules its list has already looked at.
        private mutating func lookBelow(_ value: WireValue, _ element: Member, path: [String]) {
            var element = element
            element.rules = []
            look(at: value, element, path: path)
        }
    }
}

extension RequestRules.Member {
    fileprivate var isMap: Bool { if case .map = below { true } else { false } }
}

extension WireValue {
    /// What is inside a list or map, whichever way it is written; empty for anything else.
    func parts(in style: WireFields.Style, isMap: Bool) -> [Member] {
        switch self {
        case .list(let values): return values.map { Member("", $0) }
        case .object(let members):
            guard style == .text else { return isMap ? members : [] }
            let elements =
                Self.numbered(members)
                ?? members.first.flatMap { only in
                    guard members.count == 1, case .object(let below) = only.value else {
                        return nil
                    }
                    return Self.numbered(below)
                }
            guard isMap else { return elements ?? [] }
            return (elements ?? []).compactMap { element in
                guard case .string(let key)? = element.value["key"],
                    let value = element.value["value"]
                else { return nil }
                return Member(key, value)
            }
        default: return []
        }
    }

    /// The members by number, if all keys are numbers.
    private static func numbered(_ members: [Member]) -> [Member]? {
        var entries: [(number: Int, member: Member)] = []
        for member in members {
            guard let number = Int(member.key) else { return nil }
            entries.append((number, member))
        }
        return entries.sorted { $0.number < $1.number }.map(\.member)
    }
}

extension Rule {
    fileprivate func isBroken(by value: WireValue, parts: [WireValue.Member]) -> Bool {
        switch self {
        case .notNull: false
        case .minimumLength(let least): value.length(parts).map { $0 < least } ?? false
        case .maximumLength(let most): value.length(parts).map { $0 > most } ?? false
        case .minimumValue(let least): value.number.map { $0 < Double(least) } ?? false
        case .maximumValue(let most): value.number.map { $0 > Double(most) } ?? false
        case .pattern(_, let pattern):
            if case .string(let text) = value { !pattern.matches(text) } else { false }
        case .oneOf(let values):
            if case .string(let text) = value { !values.contains(text) } else { false }
        case .elements(let rules), .values(let rules):
            parts.contains { part in rules.contains { $0.isBroken(by: part.value) } }
        case .keys(let rules):
            parts.contains { part in rules.contains { $0.isBroken(by: .string(part.key)) } }
        }
    }

    private func isBroken(by value: WireValue) -> Bool { isBroken(by: value, parts: []) }
}

extension WireValue {
    /// Characters of a text, elements of a list or map. Java counts UTF-16 units, and so do we.
    fileprivate func length(_ parts: [Member]) -> Int? {
        switch self {
        case .string(let text): text.isEmpty ? 0 : text.utf16.count
        case .list, .object: parts.count
        default: nil
        }
    }

    fileprivate var number: Double? {
        switch self {
        case .int(let int): Double(int)
        case .double(let double): double
        case .string(let text): Double(text)
        default: nil
        }
    }
}
