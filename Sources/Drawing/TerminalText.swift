extension Character {
    /// The columns that the character takes in a terminal: 2 for East Asian wide ones and emoji.
    ///
    /// Source: Unicode Standard Annex 11, the ranges of class W and F, coarsely.
    var columns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            return 2
        default:
            let isMark = scalar.properties.generalCategory == .nonspacingMark
            return isMark || scalar.value == 0x200B || scalar.value == 0xFEFF ? 0 : 1
        }
    }
}

extension String {
    /// The columns that the text takes in a terminal.
    package var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The text on one line and without anything that a terminal would obey.
    ///
    /// Line breaks and tabs become spaces, other control characters U+FFFD. With `ascii`, letters
    /// that ASCII lacks are spelled out or become a question mark.
    package func printable(ascii: Bool = false) -> String {
        var out = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n", "\t": out += " "
            case "\r": continue
            default:
                if Markup.isUnfit(scalar) {
                    out += ascii ? "?" : "\u{FFFD}"
                } else if ascii && !scalar.isASCII {
                    out += Self.spelledOut[scalar] ?? "?"
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out
    }

    private static let spelledOut: [Unicode.Scalar: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
        "–": "-", "…": "~", "·": "-", "→": "->", "−": "-",
    ]

    /// The beginning of the text, at most so many columns wide, with a sign where something is cut.
    package func clipped(to width: Int, ascii: Bool = false) -> String {
        guard columns > width else { return self }
        guard width > 0 else { return "" }
        var out = ""
        var used = 1
        for character in self {
            used += character.columns
            if used > width { break }
            out.append(character)
        }
        return out + (ascii ? "~" : "…")
    }

    /// The text filled up with spaces to so many columns.
    package func padded(to width: Int, right: Bool = false) -> String {
        let room = String(repeating: " ", count: Swift.max(0, width - columns))
        return right ? room + self : self + room
    }

    /// The text in lines of at most `width` columns, broken at spaces; a longer word is cut.
    package func wrapped(to width: Int) -> [String] {
        var lines = [""]
        for word in split(separator: " ").map(String.init) {
            let gap = lines[lines.count - 1].isEmpty ? "" : " "
            if (lines[lines.count - 1] + gap + word).columns <= width {
                lines[lines.count - 1] += gap + word
                continue
            }
            if !gap.isEmpty { lines.append("") }
            for character in word {
                if lines[lines.count - 1].columns + character.columns > width { lines.append("") }
                lines[lines.count - 1].append(character)
            }
        }
        return lines
    }
}
