/// A JSON text in the making. Keys keep their order; numbers are written beforehand.
package enum JSON {
    case null
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    package struct Member {
        package let key: String
        package let value: JSON

        package init(key: String, value: JSON) { (self.key, self.value) = (key, value) }
    }

    package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(key: $0.key, value: $0.value) })
    }

    /// Indented by two spaces, with one line break at the end; `[]` and `{}` when empty.
    package func text() -> String {
        var out = ""
        write(to: &out, margin: "\n")
        return out + "\n"
    }

    /// The same on one line, without a line break at the end.
    package func line() -> String {
        switch self {
        case .array(let items): return "[" + items.map { $0.line() }.joined(separator: ",") + "]"
        case .object(let members):
            let inside = members.map { member -> String in
                var key = ""
                Self.write(member.key, to: &key)
                return key + ":" + member.value.line()
            }
            return "{" + inside.joined(separator: ",") + "}"
        default:
            var out = ""
            write(to: &out, margin: "")
            return out
        }
    }

    private func write(to out: inout String, margin: String) {
        let inner = margin + "  "
        switch self {
        case .null: out += "null"
        case .number(let digits): out += digits
        case .string(let text): Self.write(text, to: &out)
        case .array(let items) where items.isEmpty: out += "[]"
        case .array(let items):
            for (index, item) in items.enumerated() {
                out += (index == 0 ? "[" : ",") + inner
                item.write(to: &out, margin: inner)
            }
            out += margin + "]"
        case .object(let members) where members.isEmpty: out += "{}"
        case .object(let members):
            for (index, member) in members.enumerated() {
                out += (index == 0 ? "{" : ",") + inner
                Self.write(member.key, to: &out)
                out += ": "
                member.value.write(to: &out, margin: inner)
            }
            out += margin + "}"
        }
    }

    private static func write(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{08}": out += "\\b"
            case "\u{0C}": out += "\\f"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
