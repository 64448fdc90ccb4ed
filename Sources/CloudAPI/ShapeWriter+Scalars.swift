extension ShapeWriter {
    mutating func put(_ text: String) {
        if format == .json {
            text.withBytes { utf8 in
                makeRoom(for: utf8.count + 2)
                let place = start + count
                if (place + 1).copyPlainInJSON(utf8) {
                    place.pointee = UInt8(ascii: "\"")
                    place[utf8.count + 1] = UInt8(ascii: "\"")
                    count += utf8.count + 2
                } else {
                    put(ascii: "\"")
                    putEscapedForJSON(utf8)
                    put(ascii: "\"")
                }
            }
        } else {
            text.withBytes { utf8 in
                makeRoom(for: utf8.count)
                if (start + count).copyPlainInXML(utf8) {
                    count += utf8.count
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
        // The last three of eight digits, and no zeros at the end.
        var digits = UInt32(fraction).eightDigits >> 40
        while digits > 0, digits != 0x30, digits != 0x3030 {
            put(UInt8(truncatingIfNeeded: digits))
            digits >>= 8
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
