import Simulation

/// One value of a scenario, where it stands and what leads to it, being read.
struct ScenarioValue {
    let node: ScenarioNode
    /// `"service.desiredCount"`; empty for the scenario itself.
    let path: String
    let file: String

    func problem(_ sentence: String) -> ScenarioProblem {
        ScenarioProblem(file: file, place: node.place, sentence: sentence)
    }

    /// `service.desiredCount is "two". It has to be a whole number.`
    func mustBe(_ what: String) -> ScenarioProblem {
        problem("\(path.isEmpty ? "The scenario" : path) is \(shown). It has to be \(what).")
    }

    private var shown: String {
        switch node.content {
        case .nothing: "empty"
        case .text(let text): "\"\(text.count > 40 ? text.prefix(40) + "..." : text[...])\""
        case .list: "a list"
        case .map: "a group of keys"
        }
    }

    private func sub(_ node: ScenarioNode, _ key: String) -> ScenarioValue {
        ScenarioValue(node: node, path: path.isEmpty ? key : "\(path).\(key)", file: file)
    }
}

/// The keys of one group, each of which is known.
struct ScenarioFields {
    let group: ScenarioValue
    private let entries: [ScenarioNode.Entry]

    /// - Parameter keys: All that may be there; another one is a problem.
    init(_ group: ScenarioValue, _ keys: [String]) throws(ScenarioProblem) {
        self.group = group
        entries = try group.distinctEntries()
        for entry in entries where !keys.contains(entry.key) {
            let advice = Spelling.advice(for: entry.key, among: keys, called: "keys")
            let owner = group.path.isEmpty ? "a scenario" : group.path
            throw ScenarioProblem(
                file: group.file, place: entry.place,
                sentence: "\"\(entry.key.prefix(60))\" is not a key of \(owner). \(advice)")
        }
    }

    /// `nil` if the key is not there, or nothing stands behind it.
    subscript(key: String) -> ScenarioValue? {
        guard let entry = entries.first(where: { $0.key == key }), entry.value.content != .nothing
        else { return nil }
        return group.value(of: entry)
    }

    /// - Throws: A sentence that gives an example of what should stand there.
    func needed(_ key: String, such example: String) throws(ScenarioProblem) -> ScenarioValue {
        if let value = self[key] { return value }
        let owner = group.path.isEmpty ? "The scenario" : group.path
        throw group.problem("\(owner) has no \"\(key)\". Add it, such as \(key): \(example)")
    }
}

extension ScenarioValue {
    func fields(_ keys: [String]) throws(ScenarioProblem) -> ScenarioFields {
        try ScenarioFields(self, keys)
    }

    fileprivate func value(of entry: ScenarioNode.Entry) -> ScenarioValue {
        sub(entry.value, entry.key)
    }

    fileprivate func distinctEntries() throws(ScenarioProblem) -> [ScenarioNode.Entry] {
        let entries: [ScenarioNode.Entry]
        switch node.content {
        case .map(let all): entries = all
        case .nothing: entries = []
        case .text, .list: throw mustBe("a group of keys, each followed by a colon")
        }
        guard entries.count <= 1000 else { throw problem("\(path) has too many keys.") }
        return entries
    }

    /// The parts of a group whose keys are names that the scenario itself gives.
    func named() throws(ScenarioProblem) -> [(name: String, value: ScenarioValue)] {
        try distinctEntries().map { ($0.key, value(of: $0)) }
    }

    func list() throws(ScenarioProblem) -> [ScenarioValue] {
        guard case .list(let list) = node.content else {
            throw mustBe("a list: [one, other], or each on a line of its own after a dash")
        }
        guard list.count <= 1000 else { throw problem("\(path) has too many parts.") }
        return list.indices.map { sub(list[$0], String($0 + 1)) }
    }

    /// The text, if it is exactly this word.
    func isWord(_ word: String) -> Bool { node.content == .text(word) }

    /// - Parameter most: How many characters it may have.
    func text(atMost most: Int = 255) throws(ScenarioProblem) -> String {
        guard case .text(let text) = node.content else { throw mustBe("a text") }
        guard text.count <= most else { throw mustBe("at most \(most) characters long") }
        return text
    }

    func truth() throws(ScenarioProblem) -> Bool {
        switch node.content {
        case .text("true"), .text("yes"), .text("on"): return true
        case .text("false"), .text("no"), .text("off"): return false
        default: throw mustBe("true or false")
        }
    }

    func choice<Choice>(_ type: Choice.Type = Choice.self) throws(ScenarioProblem) -> Choice
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        guard case .text(let text) = node.content else {
            throw mustBe(words.joined(separator: " or "))
        }
        if let choice = Choice(rawValue: text) { return choice }
        let near = Spelling.nearest(to: text, in: words).map { " Did you mean \"\($0)\"?" } ?? ""
        let problem = mustBe(words.joined(separator: " or "))
        throw self.problem(problem.sentence + near)
    }

    /// One of the names that are there.
    ///
    /// - Parameter kind: What is named: `"security group"`.
    func name(among names: [String], of kind: String) throws(ScenarioProblem) -> String {
        let name = try text()
        guard !names.contains(name) else { return name }
        let advice = Spelling.advice(for: name, among: names, called: "\(kind)s")
        throw problem(
            "\(path) names the \(kind) \"\(name.prefix(60))\", which is not there. \(advice)")
    }
}
