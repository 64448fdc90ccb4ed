import CloudAPI

extension LogPattern {
    init(_ text: String) throws(APIFailure) {
        let trimmed = text.trimmed
        guard text.utf8.count <= 1024 else {
            throw .invalidLogParameter(
                text, at: "filterPattern", "have length less than or equal to 1024")
        }
        if trimmed.isEmpty {
            kind = .all
        } else if trimmed.first == "{", trimmed.last == "}" {
            var reader = PatternReader(trimmed.dropFirst().dropLast(), isJSON: true)
            kind = .json(try reader.whole())
        } else if trimmed.first == "[", trimmed.last == "]" {
            kind = .fields(try Self.fields(trimmed.dropFirst().dropLast()))
        } else {
            kind = .terms(try Self.terms(trimmed))
        }
    }

    private static func fields(_ text: Substring) throws(APIFailure) -> [Field] {
        var fields: [Field] = []
        for part in text.splitOutsideQuotes(at: ",") {
            let part = part.trimmed
            if part == "..." {
                fields.append(.rest)
            } else if part.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) {
                fields.append(.one(nil))
            } else {
                var reader = PatternReader(part, isJSON: false)
                fields.append(.one(try reader.whole()))
            }
        }
        return fields
    }

    /// A term with anything else than letters, digits and underscores must be in quotation marks.
    private static func terms(_ text: Substring) throws(APIFailure) -> Terms {
        var terms = Terms()
        var reader = PatternReader(text, isJSON: false)
        while let mark = reader.nextTermMark() {
            let term = try reader.term()
            switch mark {
            case "-": terms.excluded.append(term)
            case "?": terms.optional.append(term)
            default: terms.required.append(term)
            }
        }
        return terms
    }
}

extension StringProtocol {
    fileprivate var trimmed: SubSequence {
        let start = drop(while: \.isWhitespace).startIndex
        guard let end = self[start...].lastIndex(where: { !$0.isWhitespace }) else {
            return self[start..<start]
        }
        return self[start...end]
    }
}

extension Substring {
    fileprivate func splitOutsideQuotes(at separator: Character) -> [Substring] {
        var parts: [Substring] = []
        var (start, index, isQuoted) = (startIndex, startIndex, false)
        while index < endIndex {
            if self[index] == "\"" { isQuoted.toggle() }
            if self[index] == separator, !isQuoted {
                parts.append(self[start..<index])
                start = self.index(after: index)
            }
            index = self.index(after: index)
        }
        return parts + [self[start...]]
    }
}

/// Reads conditions and terms from left to right. `&&` binds tighter than `||`.
private struct PatternReader {
    private var rest: Substring
    private let isJSON: Bool

    init(_ text: Substring, isJSON: Bool) {
        rest = text
        self.isJSON = isJSON
    }

    mutating func whole() throws(APIFailure) -> LogPattern.Condition {
        let condition = try either()
        skipSpace()
        guard rest.isEmpty else { throw .invalidFilterPattern }
        return condition
    }

    private mutating func either() throws(APIFailure) -> LogPattern.Condition {
        var condition = try both()
        while take("||") { condition = .either(condition, try both()) }
        return condition
    }

    private mutating func both() throws(APIFailure) -> LogPattern.Condition {
        var condition = try single()
        while take("&&") { condition = .both(condition, try single()) }
        return condition
    }

    private mutating func single() throws(APIFailure) -> LogPattern.Condition {
        if take("(") {
            let inner = try either()
            guard take(")") else { throw .invalidFilterPattern }
            return inner
        }
        return .compare(subject: try subject(), try test())
    }

    private mutating func subject() throws(APIFailure) -> LogPattern.Subject {
        guard isJSON else {
            guard !word(where: { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }).isEmpty
            else { throw .invalidFilterPattern }
            return .field
        }
        guard take("$") else { throw .invalidFilterPattern }
        var steps: [LogPattern.Step] = []
        while let first = rest.first, first == "." || first == "[" {
            rest.removeFirst()
            if first == "." {
                if rest.first == "[" { continue }
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
                guard !name.isEmpty else { throw .invalidFilterPattern }
                rest = rest[name.endIndex...]
                steps.append(.name(String(name)))
            } else {
                steps.append(try bracket())
            }
        }
        guard !steps.isEmpty else { throw .invalidFilterPattern }
        return .path(steps)
    }

    /// `0]` or `'a name']`
    private mutating func bracket() throws(APIFailure) -> LogPattern.Step {
        guard let end = rest.firstIndex(of: "]") else { throw .invalidFilterPattern }
        let inside = rest[..<end]
        rest = rest[rest.index(after: end)...]
        if let index = Int(inside) { return .index(index) }
        guard inside.count > 2, inside.first == "'", inside.last == "'" else {
            throw .invalidFilterPattern
        }
        return .name(String(inside.dropFirst().dropLast()))
    }

    private mutating func test() throws(APIFailure) -> LogPattern.Test {
        if take("!=") { return .differs(try value()) }
        if take("<=") { return .atMost(try number()) }
        if take(">=") { return .atLeast(try number()) }
        if take("<") { return .less(try number()) }
        if take(">") { return .greater(try number()) }
        if take("=") { return .equals(try value()) }
        if take("IS") {
            if take("NULL") { return .isNull }
            if take("TRUE") { return .isTrue }
            if take("FALSE") { return .isFalse }
        }
        if take("NOT"), take("EXISTS") { return .isAbsent }
        throw .invalidFilterPattern
    }

    private mutating func value() throws(APIFailure) -> LogPattern.Text {
        skipSpace()
        if rest.first == "\"" || rest.first == "%" { return try term() }
        let text = word { !$0.isWhitespace && !"()&|=<>!".contains($0) }
        guard !text.isEmpty else { throw .invalidFilterPattern }
        return .plain(text)
    }

    private mutating func number() throws(APIFailure) -> Double {
        guard case .plain(let text) = try value(), let number = Double(text) else {
            throw .invalidFilterPattern
        }
        return number
    }

    // MARK: terms

    /// What stands before the next term: `-`, `?` or nothing; `nil` if there is no further term.
    mutating func nextTermMark() -> Character? {
        skipSpace()
        guard let first = rest.first else { return nil }
        guard first == "-" || first == "?" else { return " " }
        rest.removeFirst()
        return first
    }

    /// `"a phrase"`, `%a regular expression%` or a word.
    mutating func term() throws(APIFailure) -> LogPattern.Text {
        guard let quote = rest.first, quote == "\"" || quote == "%" else {
            let text = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest[text.endIndex...]
            guard !text.isEmpty, rest.first?.isWhitespace ?? true else {
                throw .invalidFilterPattern
            }
            return .plain(String(text))
        }
        rest.removeFirst()
        var text = ""
        while let next = rest.popFirst() {
            if next == quote { return try closed(text, isRegex: quote == "%") }
            if next == "\\", quote == "\"", let escaped = rest.popFirst() {
                text.append(escaped)
            } else {
                text.append(next)
            }
        }
        throw .invalidFilterPattern
    }

    private func closed(_ text: String, isRegex: Bool) throws(APIFailure) -> LogPattern.Text {
        guard isRegex else { return .plain(text) }
        guard let regex = try? Regex(text) else { throw .invalidFilterPattern }
        return .regex(regex)
    }

    // MARK: characters

    private mutating func skipSpace() { rest = rest.drop(while: \.isWhitespace) }

    private mutating func take(_ text: String) -> Bool {
        skipSpace()
        guard rest.hasPrefix(text) else { return false }
        rest.removeFirst(text.count)
        return true
    }

    private mutating func word(where isPart: (Character) -> Bool) -> String {
        skipSpace()
        let text = rest.prefix(while: isPart)
        rest = rest[text.endIndex...]
        return String(text)
    }
}
