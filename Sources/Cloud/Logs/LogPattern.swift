import CloudAPI

/// What `filterPattern` asks of the message of an event.
///
/// Source: Amazon CloudWatch Logs User Guide, "Filter pattern syntax"; surroundings.md section 4.2.
/// A term is found anywhere in a message, within a word too: assumed.
struct LogPattern {
    enum Kind {
        case all
        case terms(Terms)
        /// `{ $.level = "error" }`
        case json(Condition)
        /// `[ip, ..., status = 4*]`
        case fields([Field])
    }

    struct Terms {
        var required: [Text] = []
        var excluded: [Text] = []
        /// One of them is enough; they count only if nothing is required or excluded.
        var optional: [Text] = []
    }

    enum Field {
        /// Any number of fields.
        case rest
        /// One field; `nil` if it may be anything.
        case one(Condition?)
    }

    indirect enum Condition {
        case compare(subject: Subject, Test)
        case both(Condition, Condition)
        case either(Condition, Condition)
    }

    enum Subject {
        /// The field at whose place the condition stands.
        case field
        case path([Step])
    }

    enum Step: Equatable { case name(String), index(Int) }

    enum Test {
        case equals(Text), differs(Text)
        case less(Double), atMost(Double), greater(Double), atLeast(Double)
        case isNull, isTrue, isFalse, isAbsent
    }

    /// A text to look for.
    enum Text {
        case plain(String)
        case regex(Regex<AnyRegexOutput>)
    }

    let kind: Kind

    func matches(_ message: String) -> Bool {
        switch kind {
        case .all: return true
        case .terms(let terms): return terms.match(message)
        case .json(let condition):
            guard let json = WireValue(json: message) else { return false }
            return condition.holds { $0.value(in: json) }
        case .fields(let fields): return Self.match(fields[...], Self.fields(of: message)[...])
        }
    }

    private static func match(_ pattern: ArraySlice<Field>, _ fields: ArraySlice<String>) -> Bool {
        guard let first = pattern.first else { return fields.isEmpty }
        switch first {
        case .rest:
            return (0...fields.count).contains {
                match(pattern.dropFirst(), fields.dropFirst($0))
            }
        case .one(let condition):
            guard let field = fields.first else { return false }
            let holds = condition?.holds { _ in .string(field) } ?? true
            return holds && match(pattern.dropFirst(), fields.dropFirst())
        }
    }

    /// Words; what stands in quotation marks or brackets is one.
    private static func fields(of message: String) -> [String] {
        var fields: [String] = []
        var rest = message[...]
        while let first = rest.first {
            let close: Character? = first == "\"" ? "\"" : first == "[" ? "]" : nil
            if first.isWhitespace {
                rest.removeFirst()
            } else if let close, let end = rest.dropFirst().firstIndex(of: close) {
                fields.append(String(rest[rest.index(after: rest.startIndex)..<end]))
                rest = rest[rest.index(after: end)...]
            } else {
                let word = rest.prefix { !$0.isWhitespace }
                fields.append(String(word))
                rest = rest[word.endIndex...]
            }
        }
        return fields
    }
}

extension LogPattern.Terms {
    func match(_ message: String) -> Bool {
        if required.isEmpty && excluded.isEmpty && !optional.isEmpty {
            return optional.contains { $0.isIn(message) }
        }
        return required.allSatisfy { $0.isIn(message) } && !excluded.contains { $0.isIn(message) }
    }
}

extension LogPattern.Text {
    func isIn(_ message: String) -> Bool {
        switch self {
        case .plain(let text): message.contains(text)
        case .regex(let regex): message.contains(regex)
        }
    }

    /// Whether a value is this text, in which stars stand for anything.
    func describes(_ value: String) -> Bool {
        switch self {
        case .plain(let text): WildcardPattern(text).matches(value)
        case .regex: isIn(value)
        }
    }
}

extension LogPattern.Subject {
    func value(in json: WireValue) -> WireValue? {
        guard case .path(let steps) = self else { return nil }
        var value: WireValue? = json
        for step in steps {
            switch step {
            case .name(let name): value = value?[name]
            case .index(let index):
                let list = value?.asList ?? []
                value = list.indices.contains(index) ? list[index] : nil
            }
        }
        return value
    }
}

extension LogPattern.Condition {
    func holds(_ value: (LogPattern.Subject) -> WireValue?) -> Bool {
        switch self {
        case .both(let one, let other): one.holds(value) && other.holds(value)
        case .either(let one, let other): one.holds(value) || other.holds(value)
        case .compare(let subject, let test): test.holds(for: value(subject))
        }
    }
}

extension LogPattern.Test {
    func holds(for value: WireValue?) -> Bool {
        guard let value else { return isAbsence }
        switch self {
        case .equals(let text): return value.isText(text)
        case .differs(let text): return !value.isText(text)
        case .less(let limit): return value.asNumber.map { $0 < limit } ?? false
        case .atMost(let limit): return value.asNumber.map { $0 <= limit } ?? false
        case .greater(let limit): return value.asNumber.map { $0 > limit } ?? false
        case .atLeast(let limit): return value.asNumber.map { $0 >= limit } ?? false
        case .isNull: return value == .null
        case .isTrue: return value == .bool(true)
        case .isFalse: return value == .bool(false)
        case .isAbsent: return false
        }
    }

    private var isAbsence: Bool { if case .isAbsent = self { true } else { false } }
}

extension WireValue {
    /// A number, or a text that is one.
    fileprivate var asNumber: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(text)
        default: nil
        }
    }

    fileprivate func isText(_ text: LogPattern.Text) -> Bool {
        switch self {
        case .string(let value): return text.describes(value)
        case .int, .double:
            guard case .plain(let wanted) = text else { return false }
            if let number = Double(wanted) { return asNumber == number }
            if case .int(let value) = self { return text.describes(String(value)) }
            return false
        default: return false
        }
    }
}
