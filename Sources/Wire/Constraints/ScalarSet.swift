/// A set of characters, as a class in a pattern names it.
struct ScalarSet: Sendable {
    /// The first 128, one bit each.
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var ranges: [ClosedRange<UInt32>] = []
    private var kinds: Set<Kind> = []
    private var isNegated = false
    /// The one character of the set, if it was made for one.
    private(set) var single: Unicode.Scalar?

    /// Unicode's general categories by their first letter. Looked up, never walked.
    enum Kind: Sendable { case letter, separator, number }

    init() {}

    init(_ scalar: Unicode.Scalar) {
        insert(scalar, through: scalar)
        single = scalar
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool { holds(scalar) != isNegated }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return low >> UInt64(value) & 1 == 1 }
        if value < 128 { return high >> UInt64(value - 64) & 1 == 1 }
        if ranges.contains(where: { $0.contains(value) }) { return true }
        guard !kinds.isEmpty, let kind = Kind(scalar) else { return false }
        return kinds.contains(kind)
    }

    mutating func insert(_ first: Unicode.Scalar, through last: Unicode.Scalar) {
        single = nil
        for value in first.value...max(first.value, min(last.value, 127)) where value < 128 {
            if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
        }
        if last.value >= 128 { ranges.append(max(first.value, 128)...last.value) }
    }

    mutating func formUnion(_ other: ScalarSet) {
        single = nil
        low |= other.low
        high |= other.high
        ranges += other.ranges
        kinds.formUnion(other.kinds)
    }

    mutating func negate() { isNegated.toggle() }
}

extension ScalarSet.Kind {
    init?(_ scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            self = .letter
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: self = .separator
        case .decimalNumber, .letterNumber, .otherNumber: self = .number
        default: return nil
        }
    }
}

// Without flags, Java's `\w`, `\d`, `\s` and `\p{Print}` are about ASCII alone.
extension ScalarSet {
    init(_ ranges: ClosedRange<Unicode.Scalar>...) {
        for range in ranges { insert(range.lowerBound, through: range.upperBound) }
    }

    private init(_ kind: Kind) {
        for value: UInt8 in 0..<128 {
            let scalar = Unicode.Scalar(value)
            if Kind(scalar) == kind { insert(scalar, through: scalar) }
        }
        kinds = [kind]
    }

    static let word = ScalarSet("a"..."z", "A"..."Z", "0"..."9", "_"..."_")
    static let digits = ScalarSet("0"..."9")
    static let space = ScalarSet(" "..." ", "\t"..."\r")
    static let printable = ScalarSet(" "..."~")
    static let letters = ScalarSet(.letter)
    static let separators = ScalarSet(.separator)
    static let numbers = ScalarSet(.number)

    static let anythingButLineEnds: ScalarSet = {
        var set = ScalarSet("\n"..."\n", "\r"..."\r", "\u{85}"..."\u{85}", "\u{2028}"..."\u{2029}")
        set.negate()
        return set
    }()
}
