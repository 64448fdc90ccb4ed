import CloudAPI
import Reports

/// The part of Go's templates that scripts use with `--format`: `{{.Id}}`, `{{.Config.Image}}`,
/// `{{index .RepoDigests 0}}`, `{{json .Config}}`, with text around them.
struct Template {
    let text: String

    /// - Throws: A ``DockerRefusal`` that names what is in it and not understood.
    func fill(_ value: WireValue) throws(DockerRefusal) -> String {
        var out = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "{{") {
            out += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else {
                throw DockerRefusal("template parsing error: unclosed action in \(text)")
            }
            out += try evaluate(String(rest[..<end.lowerBound]), value)
            rest = rest[end.upperBound...]
        }
        return (out + rest).split(separator: "\\t", omittingEmptySubsequences: false)
            .joined(separator: "\t")
    }

    private func evaluate(_ action: String, _ value: WireValue) throws(DockerRefusal) -> String {
        let words = DockerWords.split(action)
        if words.count == 1, let found = look(words[0], value) { return Self.plain(found) }
        if words.count == 2, words[0] == "json", let found = look(words[1], value) {
            return found.asJSON.line()
        }
        if words.count == 3, words[0] == "index", let list = look(words[1], value) {
            switch list {
            case .list(let items):
                if let place = Int(words[2]), items.indices.contains(place) {
                    return Self.plain(items[place])
                }
            case .object: return Self.plain(list[words[2]] ?? .string(""))
            default: break
            }
            throw DockerRefusal("template parsing error: \(action): index out of range")
        }
        throw DockerRefusal(
            "Drydock's docker stand-in does not understand {{\(action)}} in a --format.")
    }

    /// What a path such as `.Config.Image` leads to; `nil` if it is no path, or leads nowhere.
    private func look(_ path: String, _ value: WireValue) -> WireValue? {
        guard path.hasPrefix(".") else { return nil }
        var value = value
        for name in path.split(separator: ".") {
            guard let next = value[String(name)] else { return nil }
            value = next
        }
        return value
    }

    private static func plain(_ value: WireValue) -> String {
        switch value {
        case .null: "<no value>"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): "\(number)"
        case .string(let text): text
        case .list(let items): "[" + items.map(plain).joined(separator: " ") + "]"
        case .object(let members):
            "map[" + members.map { "\($0.key):\(plain($0.value))" }.joined(separator: " ") + "]"
        }
    }
}

extension WireValue {
    var asJSON: JSON {
        switch self {
        case .null: .null
        case .bool(let flag): flag ? .true : .false
        case .int(let number): .number(String(number))
        case .double(let number): .number("\(number)")
        case .string(let text): .string(text)
        case .list(let items): .array(items.map(\.asJSON))
        case .object(let members):
            .object(members.map { .init(key: $0.key, value: $0.value.asJSON) })
        }
    }
}
