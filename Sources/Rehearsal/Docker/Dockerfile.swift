/// A Dockerfile, cut into its instructions.
///
/// Source of the syntax: Dockerfile reference, as BuildKit reads it.
struct Dockerfile: Equatable {
    struct Instruction: Equatable {
        /// In capitals.
        var keyword: String
        /// What stands behind it, with continued lines joined and texts of heredocs at the end.
        var text: String
        /// Counted from 1.
        var line: Int
    }

    private(set) var instructions: [Instruction] = []

    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    private static let known: Set = [
        "FROM", "RUN", "CMD", "LABEL", "MAINTAINER", "EXPOSE", "ENV", "ADD", "COPY", "ENTRYPOINT",
        "VOLUME", "USER", "WORKDIR", "ARG", "ONBUILD", "STOPSIGNAL", "HEALTHCHECK", "SHELL",
    ]

    init(_ text: String) throws(Problem) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        var index = 0
        while index < lines.count {
            let first = index
            var joined = lines[index].trimmed
            index += 1
            if joined.isEmpty || joined.first == "#" { continue }
            while joined.last == "\\", index < lines.count {
                let next = lines[index].trimmed
                index += 1
                // Comments and empty lines may stand between continued ones.
                if next.isEmpty || next.first == "#" { continue }
                joined = (joined.dropLast().trimmed + " " + next)[...]
            }
            let keyword = joined.prefix { !$0.isWhitespace }.uppercased()
            guard Self.known.contains(keyword) else {
                throw Problem(
                    "dockerfile parse error on line \(first + 1): unknown instruction: "
                        + joined.prefix { !$0.isWhitespace })
            }
            var rest = String(joined.dropFirst(keyword.count).trimmed)
            for end in Self.heredocs(in: rest, of: keyword) {
                while index < lines.count, lines[index].trimmed != end {
                    rest += "\n" + lines[index]
                    index += 1
                }
                index += 1
            }
            instructions.append(.init(keyword: keyword, text: rest, line: first + 1))
        }
        guard instructions.contains(where: { $0.keyword == "FROM" }) else {
            throw Problem("the Dockerfile has no build stage: it needs a FROM")
        }
    }

    /// The words that end the texts which begin behind an instruction: `<<EOF`.
    private static func heredocs(in text: String, of keyword: String) -> [String] {
        guard ["RUN", "COPY", "ADD"].contains(keyword) else { return [] }
        return text.split(separator: " ").compactMap { word in
            guard word.hasPrefix("<<"), word.count > 2 else { return nil }
            let name = word.dropFirst(2).filter { $0 != "-" && $0 != "\"" && $0 != "'" }
            return name.first?.isLetter == true ? String(name) : nil
        }
    }
}

/// Splits what stands behind an instruction, as Docker does.
enum DockerWords {
    /// Words with quotes taken off and backslashes obeyed.
    static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open {
                    quote = nil
                } else {
                    word = (word ?? "") + String(character)
                }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let done = word { words.append(done) }
        return words
    }

    /// `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`, replaced. A name that means
    /// nothing is left out.
    static func expand(_ text: String, _ variables: [String: String]) -> String {
        var out = ""
        var rest = Substring(text)
        while let character = rest.first {
            rest.removeFirst()
            if character == "\\", rest.first == "$" {
                out.append("$")
                rest.removeFirst()
            } else if character == "$", rest.first == "{", let end = rest.firstIndex(of: "}") {
                out += value(of: rest[..<end].dropFirst(), variables)
                rest = rest[rest.index(after: end)...]
            } else if character == "$" {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                out += name.isEmpty ? "$" : variables[String(name)] ?? ""
                rest = rest.dropFirst(name.count)
            } else {
                out.append(character)
            }
        }
        return out
    }

    private static func value(of text: Substring, _ variables: [String: String]) -> String {
        for sign in [":-", ":+", "-", "+"] {
            guard let place = text.firstRange(of: sign) else { continue }
            let known = variables[String(text[..<place.lowerBound])]
            let other = String(text[place.upperBound...])
            let isSet = sign.hasPrefix(":") ? !(known ?? "").isEmpty : known != nil
            if sign.hasSuffix("+") { return isSet ? expand(other, variables) : "" }
            return isSet ? known! : expand(other, variables)
        }
        return variables[String(text)] ?? ""
    }

    /// `KEY=value KEY=value`, or the old form `KEY value`.
    static func pairs(_ text: String) -> [(key: String, value: String)] {
        let words = split(text)
        guard let first = words.first else { return [] }
        guard first.contains("=") else {
            return [(first, words.dropFirst().joined(separator: " "))]
        }
        return words.map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
        }
    }
}
