import Yams

/// A scenario as it was written: texts, lists and groups of keys, and where each stands.
///
/// YAML's own types (numbers, dates, `yes` and `no`) do not matter here. Whoever reads a value
/// knows what it has to be, and says so if it is not.
struct ScenarioNode: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        /// Nothing stands behind the key, or `~`, or `null`: as if the key were not there.
        case nothing
        case text(String)
        case list([ScenarioNode])
        case map([Entry])
    }

    struct Entry: Sendable, Hashable {
        var key: String
        /// Where the key stands.
        var place: ScenarioProblem.Place
        var value: ScenarioNode
    }

    var content: Content
    var place: ScenarioProblem.Place

    /// What files may be at most; they are written by people.
    static let mostBytes = 256 * 1024
    static let mostLevels = 24
}

extension ScenarioNode {
    /// Reads YAML.
    ///
    /// - Parameters:
    ///   - text: One document, without anchors and aliases.
    ///   - setting: Where it stands, if not in the file: every part of it then has this place.
    init(yaml text: String, file: String, setting: String? = nil) throws(ScenarioProblem) {
        let whole: ScenarioProblem.Place = setting.map { .setting($0) } ?? .file
        guard text.utf8.count <= Self.mostBytes else {
            throw ScenarioProblem(
                file: file, place: whole,
                sentence: "This is too large for a scenario: it may have up to 256 KiB.")
        }
        guard !Self.mayHaveAliases(text) else {
            throw ScenarioProblem(
                file: file, place: whole,
                sentence: "Drydock reads no YAML anchors (&name) and aliases (*name). Write the "
                    + "value out each time; a later image takes over what it does not say itself.")
        }
        var text = text
        text.makeContiguousUTF8()
        let root: Node?
        do {
            root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw ScenarioProblem(error, in: text, file: file, setting: setting)
        }
        guard let root else {
            (content, place) = (.nothing, whole)
            return
        }
        self = try Self.converted(root, file: file, setting: setting, level: 0)
    }

    private static func converted(
        _ node: Node, file: String, setting: String?, level: Int
    ) throws(ScenarioProblem) -> ScenarioNode {
        let place = place(node.mark, setting)
        func problem(_ sentence: String) -> ScenarioProblem {
            ScenarioProblem(file: file, place: place, sentence: sentence)
        }
        guard level < mostLevels else {
            throw problem("This is nested too deeply: a scenario has up to \(mostLevels) levels.")
        }
        switch node {
        case .scalar(let scalar):
            let isNothing = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            return ScenarioNode(content: isNothing ? .nothing : .text(scalar.string), place: place)
        case .sequence(let sequence):
            var list: [ScenarioNode] = []
            for item in sequence {
                list.append(
                    try converted(item, file: file, setting: setting, level: level + 1))
            }
            return ScenarioNode(content: .list(list), place: place)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw problem("A key has to be a word. Put it in quotes if it is one.")
                }
                entries.append(
                    Entry(
                        key: name.string, place: Self.place(name.mark, setting),
                        value: try converted(
                            value, file: file, setting: setting, level: level + 1)))
            }
            return ScenarioNode(content: .map(entries), place: place)
        case .alias:
            throw problem("Drydock reads no YAML aliases. Write the value out.")
        }
    }

    private static func place(_ mark: Mark?, _ setting: String?) -> ScenarioProblem.Place {
        if let setting { return .setting(setting) }
        return mark.map { .line($0.line) } ?? .file
    }

    /// Whether the text may define a name and use it. A few such names are enough to say more than
    /// any memory holds, so texts that may do it are not even parsed; those with a word such as
    /// `&amp;` in them and no `*word` are.
    private static func mayHaveAliases(_ text: String) -> Bool {
        func isBlank(_ byte: UInt8) -> Bool {
            byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
        }
        let openers = Set("[{,:?-".utf8)
        var (hasAnchor, hasAlias) = (false, false)
        var before = UInt8(ascii: " ")
        var sign: UInt8?
        for byte in text.utf8 {
            if let sign, !isBlank(byte) {
                if sign == UInt8(ascii: "&") { hasAnchor = true } else { hasAlias = true }
            }
            let isSign = byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")
            sign = isSign && (isBlank(before) || openers.contains(before)) ? byte : nil
            before = byte
        }
        return hasAnchor && hasAlias
    }
}

extension ScenarioProblem {
    /// What the YAML parser says, for a person.
    fileprivate init(_ error: any Error, in text: String, file: String, setting: String?) {
        let advice = " Look at the indentation, the colons and the quotes around it."
        var (line, sentence): (Int?, String) = (nil, "This is not YAML." + advice)
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            line = mark.line
            sentence = "This is not YAML: \(problem)." + advice
            if Self.line(mark.line, of: text).prefix(while: { $0 == " " || $0 == "\t" })
                .contains("\t")
            {
                sentence = "This line is indented with a tab. Indent with spaces."
            }
        case .reader(_, let offset, _, _):
            line = offset.map { text.prefix($0).count(where: \.isNewline) + 1 }
            sentence = "There is a character here that YAML does not allow. Type the text again."
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            let second = Self.secondLine(of: key, after: context.mark, in: text)
            line = second ?? context.mark.line
            let first = second == nil ? "twice" : "on line \(context.mark.line) already"
            sentence = "\"\(key)\" stands here \(first). Keep one of the two."
        case .memory:
            sentence = "This is nested too deeply for a scenario."
        default:
            break
        }
        let place: Place = setting.map { .setting($0) } ?? line.map { .line($0) } ?? .file
        self.init(file: file, place: place, sentence: sentence)
    }

    private static func line(_ number: Int, of text: String) -> Substring {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.indices.contains(number - 1) ? lines[number - 1] : ""
    }

    /// The line on which a key stands again, in the same column. The parser tells the first one.
    private static func secondLine(of key: String, after mark: Mark, in text: String) -> Int? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for number in lines.indices.dropFirst(mark.line) {
            let rest = lines[number].dropFirst(mark.column - 1)
            let indent = lines[number].prefix { $0 == " " }.count
            if rest.hasPrefix(key + ":"), indent == mark.column - 1 { return number + 1 }
        }
        return nil
    }
}
