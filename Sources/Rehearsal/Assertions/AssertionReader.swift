import Experiments

/// Reads assertions: comparisons, tied by `and`, `or`, `not` and parentheses; `and` binds tighter.
struct AssertionReader {
    private let text: String
    private let words: [Word]
    private var index = 0
    private var depth = 0

    private struct Word {
        enum Kind { case name, number, comparison, open, close }
        let kind: Kind
        let text: String
        /// Counted from 1.
        let place: Int
    }

    static func read(_ text: String) throws(Assertion.Problem) -> Assertion.Condition {
        var reader = try AssertionReader(text)
        let condition = try reader.alternatives()
        if let word = reader.next {
            throw reader.problem("expected \"and\", \"or\" or the end", at: word)
        }
        return condition
    }

    private init(_ text: String) throws(Assertion.Problem) {
        self.text = text
        words = try Self.words(of: text)
    }

    private var next: Word? { index < words.count ? words[index] : nil }

    private mutating func take(_ wanted: String) -> Bool {
        guard next?.text == wanted else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() throws(Assertion.Problem) -> Assertion.Condition {
        var condition = try conditions()
        while take("or") { condition = .or(condition, try conditions()) }
        return condition
    }

    private mutating func conditions() throws(Assertion.Problem) -> Assertion.Condition {
        var condition = try single()
        while take("and") { condition = .and(condition, try single()) }
        return condition
    }

    private mutating func single() throws(Assertion.Problem) -> Assertion.Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 50 else { throw problem("it has too many parentheses", at: next) }
        if take("not") { return .not(try single()) }
        guard take("(") else { return try comparison() }
        let inner = try alternatives()
        guard take(")") else { throw problem("expected \")\"", at: next) }
        return inner
    }

    private mutating func comparison() throws(Assertion.Problem) -> Assertion.Condition {
        let names = Measure.allCases.map(\.rawValue)
        guard let word = next, word.kind == .name else {
            throw problem("expected the name of a figure, such as downtime", at: next)
        }
        guard let measure = Measure(rawValue: word.text) else {
            let advice = Spelling.advice(for: word.text, among: names, called: "figures")
            throw problem("there is no figure \"\(word.text)\". \(advice)", at: word)
        }
        index += 1
        guard let sign = next, let comparison = Assertion.Comparison(rawValue: sign.text) else {
            throw problem("expected ==, !=, <, <=, > or >=", at: next)
        }
        index += 1
        return .comparison(measure, comparison, try value(of: measure))
    }

    private mutating func value(of measure: Measure) throws(Assertion.Problem) -> Double {
        guard let word = next, word.kind == .number, let number = Double(word.text) else {
            throw problem("expected a number", at: next)
        }
        index += 1
        guard let unit = next, unit.kind == .name, unit.text != "and", unit.text != "or" else {
            return number
        }
        guard let factor = Self.units(of: measure)[unit.text] else {
            let known = Self.units(of: measure).keys.sorted()
            throw problem(
                "\(measure.rawValue) has no unit \"\(unit.text)\"; "
                    + (known.isEmpty
                        ? "it is a plain number" : "it has \(known.joined(separator: ", "))"),
                at: unit)
        }
        index += 1
        return number * factor
    }

    private static func units(of measure: Measure) -> [String: Double] {
        switch measure.kind {
        case .time: ["ms": 0.001, "s": 1, "min": 60, "h": 3600]
        case .money: ["USD": 1]
        case .count: [:]
        }
    }

    private func problem(_ what: String, at word: Word?) -> Assertion.Problem {
        let place = word.map { "at \"\($0.text)\" (letter \($0.place))" } ?? "at its end"
        return Assertion.Problem(
            description: "The assertion \"\(text)\" makes no sense \(place): \(what).")
    }

    // MARK: words

    private static func words(of text: String) throws(Assertion.Problem) -> [Word] {
        var words: [Word] = []
        let letters = Array(text.unicodeScalars)
        var index = 0
        /// Takes letters for as long as they are of a kind.
        func end(_ isPart: (Unicode.Scalar) -> Bool) -> Int {
            var end = index
            while end < letters.count, isPart(letters[end]) { end += 1 }
            return end
        }
        while index < letters.count {
            let letter = letters[index]
            if letter == " " || letter == "\t" {
                index += 1
                continue
            }
            let kind: Word.Kind
            let stop: Int
            switch letter {
            case "a"..."z", "A"..."Z":
                (kind, stop) = (.name, end { "a"..."z" ~= $0 || "A"..."Z" ~= $0 || $0 == "_" })
            case "0"..."9", ".":
                (kind, stop) = (.number, end { "0"..."9" ~= $0 || $0 == "." })
            case "<", ">", "=", "!":
                (kind, stop) = (.comparison, end { "<>=!".unicodeScalars.contains($0) })
            case "(": (kind, stop) = (.open, index + 1)
            case ")": (kind, stop) = (.close, index + 1)
            default:
                throw Assertion.Problem(
                    description: "The assertion \"\(text)\" makes no sense at \"\(letter)\" "
                        + "(letter \(index + 1)): that is neither a name, a number nor a sign.")
            }
            var word = ""
            word.unicodeScalars.append(contentsOf: letters[index..<stop])
            words.append(Word(kind: kind, text: word, place: index + 1))
            index = stop
        }
        return words
    }
}
