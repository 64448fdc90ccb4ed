extension ShapeWriter {
    mutating func put(_ text: String) {
        if format == .json {
            text.withBytes { utf8 in
                if utf8.firstSpecialInJSON(from: 0) == utf8.count {
                    put(quoted: utf8)
                } else {
                    put(ascii: "\"")
                    putEscapedForJSON(utf8)
                    put(ascii: "\"")
                }
            }
        } else {
            text.withBytes { utf8 in
                if utf8.firstSpecialInXML(from: 0) == utf8.count {
                    put(utf8)
                } else {
                    putEscapedForXML(utf8)
                }
            }
        }
    }

    mutating func put(_ value: Bool) {
        if value { put(literal: "true") } else { put(literal: "false") }
    }

    mutating func put(_ value: Int) {
        if value < 0 { put(ascii: "-") }
        put(digits: value.magnitude)
    }

    /// What is no number is written as AWS's SDKs do: `"NaN"`, `"Infinity"`, `"-Infinity"`.
    mutating func put(_ value: Double) {
        if value.isFinite {
            raw(value.description)
        } else {
            put(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        }
    }

    /// JSON: seconds since 1970 with as many decimals as it takes. XML: ISO 8601.
    mutating func put(_ value: Timestamp) {
        guard format == .json else {
            raw(value.iso8601)
            return
        }
        if value.milliseconds < 0 { put(ascii: "-") }
        let (seconds, fraction) = value.milliseconds.magnitude.quotientAndRemainder(
            dividingBy: 1000)
        put(digits: UInt(seconds))
        guard fraction > 0 else { return }
        put(ascii: ".")
        var rest = fraction
        var unit: UInt64 = 100
        while rest > 0 {
            put(48 + UInt8(truncatingIfNeeded: rest / unit))
            rest %= unit
            unit /= 10
        }
    }

    mutating func put(_ value: WireValue) {
        switch value {
        case .null: if format == .json { put(literal: "null") }
        case .bool(let bool): put(bool)
        case .int(let int): put(int)
        case .double(let double): put(double)
        case .string(let text): put(text)
        case .list(let values):
            if format == .json { put(ascii: "[") }
            needsComma = false
            for value in values {
                openItem("member")
                put(value)
                closeItem("member")
            }
            if format == .json { put(ascii: "]") }
        case .object(let members):
            begin()
            for member in members {
                openEntry(member.key)
                put(member.value)
                closeEntry()
            }
            end()
        }
    }

    mutating func putEscapedForJSON(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while true {
            let position = text.firstSpecialInJSON(from: start)
            put(UnsafeBufferPointer(rebasing: text[start..<position]))
            guard position < text.count else { return }
            start = position + 1
            put(ascii: "\\")
            let byte = text[position]
            switch byte {
            case 0x08: put(ascii: "b")
            case 0x09: put(ascii: "t")
            case 0x0A: put(ascii: "n")
            case 0x0C: put(ascii: "f")
            case 0x0D: put(ascii: "r")
            case 0..<0x20:
                put(literal: "u00")
                put(ascii: byte < 0x10 ? "0" : "1")
                put((byte & 15) + (byte & 15 < 10 ? 48 : 87))
            default: put(byte)
            }
        }
    }

    /// Control characters that XML 1.0 cannot hold in any form become U+FFFD.
    mutating func putEscapedForXML(_ text: UnsafeBufferPointer<UInt8>) {
        var begin = 0
        var position = text.firstSpecialInXML(from: 0)
        while position < text.count {
            let escape: StaticString? =
                switch text[position] {
                case UInt8(ascii: "&"): "&amp;"
                case UInt8(ascii: "<"): "&lt;"
                case UInt8(ascii: ">"): "&gt;"
                case UInt8(ascii: "\""): "&quot;"
                case 0x0D: "&#xD;"
                case 0x09, 0x0A: nil
                default: "\u{FFFD}"
                }
            if let escape {
                put(UnsafeBufferPointer(rebasing: text[begin..<position]))
                put(literal: escape)
                begin = position + 1
            }
            position = text.firstSpecialInXML(from: position + 1)
        }
        put(UnsafeBufferPointer(rebasing: text[begin...]))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The next byte that cannot stand in a JSON string as it is: a quote, a backslash, a control
    /// character; `count` if there is none.
    func firstSpecialInJSON(from start: Int) -> Int {
        var position = start
        // Eight bytes at a time, the last eight perhaps once more. A word that may hold such a byte
        // is then looked at byte by byte.
        while position + 8 <= count, !word(at: position).mayBeSpecialInJSON { position += 8 }
        if position + 8 > count, count >= 8, !word(at: count - 8).mayBeSpecialInJSON {
            return count
        }
        while position < count {
            let byte = self[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            position += 1
        }
        return position
    }

    /// The next byte that XML does not show as it is, or perhaps not; `count` if there is none.
    func firstSpecialInXML(from start: Int) -> Int {
        var position = start
        while position + 8 <= count, !word(at: position).mayBeSpecialInXML { position += 8 }
        if position + 8 > count, count >= 8, !word(at: count - 8).mayBeSpecialInXML {
            return count
        }
        while position < count {
            switch self[position] {
            case 0..<0x20, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "\""):
                return position
            default: position += 1
            }
        }
        return position
    }
    @inline(__always) private func word(at position: Int) -> UInt64 {
        UnsafeRawPointer(baseAddress!).loadUnaligned(fromByteOffset: position, as: UInt64.self)
    }
}

/// Eight bytes of a text. "Perhaps" is enough of an answer here, if "no" is always true.
extension UInt64 {
    @inline(__always) fileprivate var mayBeSpecialInJSON: Bool {
        let quote = self ^ 0x2222_2222_2222_2222
        let backslash = self ^ 0x5C5C_5C5C_5C5C_5C5C
        let found =
            (self &- 0x2020_2020_2020_2020) & ~self
            | (quote &- 0x0101_0101_0101_0101) & ~quote
            | (backslash &- 0x0101_0101_0101_0101) & ~backslash
        return found & 0x8080_8080_8080_8080 != 0
    }

    @inline(__always) fileprivate var mayBeSpecialInXML: Bool {
        // `<` and `>` differ in one bit only, and so do few others: `self | 2` is `>` for both.
        let angle = (self | 0x0202_0202_0202_0202) ^ 0x3E3E_3E3E_3E3E_3E3E
        let ampersand = self ^ 0x2626_2626_2626_2626
        let quote = self ^ 0x2222_2222_2222_2222
        let found =
            (self &- 0x2020_2020_2020_2020) & ~self
            | (angle &- 0x0101_0101_0101_0101) & ~angle
            | (ampersand &- 0x0101_0101_0101_0101) & ~ampersand
            | (quote &- 0x0101_0101_0101_0101) & ~quote
        return found & 0x8080_8080_8080_8080 != 0
    }
}
