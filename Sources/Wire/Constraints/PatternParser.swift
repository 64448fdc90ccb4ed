/// A pattern as a tree.
indirect enum PatternNode: Sendable {
    case one(ScalarSet)
    case start, end
    case sequence([PatternNode])
    case either([PatternNode])
    /// `most` is `nil` where there is no limit.
    case repeated(PatternNode, least: Int, most: Int?)
}

/// Reads the part of `java.util.regex` that service models use: classes, groups, repetition,
/// alternation, anchors, and a negative lookahead before everything else.
struct PatternParser {
    private let text: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    /// - Returns: `nil` if something is not understood.
    mutating func pattern() -> (refused: PatternNode?, body: PatternNode)? {
        var refused: PatternNode?
        if take("(?!") {
            guard let node = alternatives(), take(")") else { return nil }
            refused = node
        }
        guard let body = alternatives(), position == text.count else { return nil }
        return (refused, body)
    }

    private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private mutating func take(_ expected: String) -> Bool {
        let scalars = Array(expected.unicodeScalars)
        guard text[position...].starts(with: scalars) else { return false }
        position += scalars.count
        return true
    }

    private mutating func alternatives() -> PatternNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth < 50 else { return nil }
        var branches: [PatternNode] = []
        repeat {
            guard let branch = sequence() else { return nil }
            branches.append(branch)
        } while take("|")
        return branches.count == 1 ? branches[0] : .either(branches)
    }

    private mutating func sequence() -> PatternNode? {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            guard let atom = atom(), let node = repeated(atom) else { return nil }
            nodes.append(node)
        }
        return .sequence(nodes)
    }

    private mutating func repeated(_ atom: PatternNode) -> PatternNode? {
        if take("*") { return .repeated(atom, least: 0, most: nil) }
        if take("+") { return .repeated(atom, least: 1, most: nil) }
        if take("?") { return .repeated(atom, least: 0, most: 1) }
        guard take("{") else { return atom }
        guard let least = number() else { return nil }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}"), least <= most ?? least, max(least, most ?? 0) <= 1000 else { return nil }
        return .repeated(atom, least: least, most: most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = next, (0x30...0x39).contains(digit.value), value ?? 0 < 100_000 {
            value = (value ?? 0) * 10 + Int(digit.value - 0x30)
            position += 1
        }
        return value
    }

    private mutating func atom() -> PatternNode? {
        if take("(?:") || (!text[position...].starts(with: "(?".unicodeScalars) && take("(")) {
            guard let inside = alternatives(), take(")") else { return nil }
            return inside
        }
        if take("^") { return .start }
        if take("$") { return .end }
        if take(".") { return .one(.anythingButLineEnds) }
        if take("[") { return characterClass().map { .one($0) } }
        guard let scalar = next else { return nil }
        switch scalar {
        case "\\": return escape().map { .one($0) }
        case "*", "+", "?", "{", "(": return nil
        default:
            position += 1
            return .one(ScalarSet(scalar))
        }
    }

    // MARK: classes

    /// What stands between brackets; the first is already taken.
    private mutating func characterClass() -> ScalarSet? {
        var set = ScalarSet()
        let isNegated = take("^")
        var isFirst = true
        while isFirst || next != "]" {
            isFirst = false
            guard let scalar = next, scalar != "[", let low = classElement() else { return nil }
            // A hyphen is one between two characters, not before the end or behind a class.
            guard let from = low.single, next == "-", position + 1 < text.count,
                text[position + 1] != "]"
            else {
                set.formUnion(low)
                continue
            }
            position += 1
            guard let high = classElement()?.single, from <= high else { return nil }
            set.insert(from, through: high)
        }
        position += 1
        if isNegated { set.negate() }
        return set
    }

    private mutating func classElement() -> ScalarSet? {
        guard let scalar = next else { return nil }
        if scalar == "\\" { return escape() }
        position += 1
        return ScalarSet(scalar)
    }

    private mutating func escape() -> ScalarSet? {
        position += 1
        guard let scalar = next else { return nil }
        position += 1
        switch scalar {
        case "w": return .word
        case "d": return .digits
        case "s": return .space
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "t": return ScalarSet("\t")
        case "u": return codePoint()
        case "p": return property()
        default:
            // Java refuses a backslash before any other letter; before a sign it is the sign.
            let isSign = !scalar.properties.isAlphabetic && !(0x30...0x39).contains(scalar.value)
            return isSign ? ScalarSet(scalar) : nil
        }
    }

    /// Four hex digits, or two times four that are a surrogate pair.
    private mutating func codePoint() -> ScalarSet? {
        guard let unit = hexDigits() else { return nil }
        guard (0xD800..<0xDC00).contains(unit) else {
            // Half a pair is no character, but as the end of a range it stands for its neighbour.
            let value = (0xDC00..<0xE000).contains(unit) ? 0xE000 : unit
            return Unicode.Scalar(value).map { ScalarSet($0) }
        }
        guard take("\\u"), let low = hexDigits(), (0xDC00..<0xE000).contains(low) else {
            return nil
        }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)).map {
            ScalarSet($0)
        }
    }

    private mutating func hexDigits() -> UInt32? {
        guard position + 4 <= text.count else { return nil }
        var value: UInt32 = 0
        for scalar in text[position..<position + 4] {
            guard scalar.isASCII, let digit = hexDigit(UInt8(scalar.value)) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private mutating func property() -> ScalarSet? {
        for (name, set) in [
            ("{L}", ScalarSet.letters), ("{Z}", .separators), ("{N}", .numbers),
            ("{Print}", .printable),
        ] where take(name) { return set }
        return nil
    }
}
