/// The words behind a docker command, sorted into options and the rest.
struct DockerOptions {
    /// By name without hyphens, in their order; `""` for a flag.
    private(set) var values: [(name: String, value: String)] = []
    private(set) var rest: [String] = []

    /// - Parameters:
    ///   - words: What stands behind the command.
    ///   - valued: The options that take a value, each with its other spellings behind `/`:
    ///     `"tag/t"`.
    ///   - flags: Those that take none.
    ///   - stopsAtRest: Whether what begins with a hyphen behind the first other word is not ours.
    /// - Throws: A ``DockerRefusal`` that names an option which is in neither list.
    init(
        _ words: [String], of command: String, valued: [String], flags: [String] = [],
        stopsAtRest: Bool = false
    ) throws(DockerRefusal) {
        func find(_ name: String, in list: [String]) -> String? {
            list.first { $0.split(separator: "/").contains { $0 == name } }
                .map { String($0.split(separator: "/")[0]) }
        }
        var words = words[...]
        while let word = words.popFirst() {
            if word == "--" || (stopsAtRest && !rest.isEmpty) {
                rest += (word == "--" ? [] : [word]) + words
                return
            }
            guard word.hasPrefix("-"), word.count > 1 else {
                rest.append(word)
                continue
            }
            let isLong = word.hasPrefix("--")
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0].drop { $0 == "-" })
            if let known = find(name, in: valued) {
                let value = parts.count == 2 ? String(parts[1]) : words.popFirst()
                guard let value else { throw DockerRefusal("flag needs an argument: \(word)") }
                values.append((known, value))
            } else if let known = find(name, in: flags) {
                if parts.count == 1 || parts[1] == "true" { values.append((known, "")) }
            } else if !isLong, name.count > 1, let known = find(String(name.prefix(1)), in: valued)
            {
                values.append((known, String(name.dropFirst())))
            } else if !isLong, name.allSatisfy({ find(String($0), in: flags) != nil }) {
                for letter in name { values.append((find(String(letter), in: flags)!, "")) }
            } else if !isLong, let last = name.last, let known = find(String(last), in: valued),
                name.dropLast().allSatisfy({ find(String($0), in: flags) != nil }),
                let value = words.popFirst()
            {
                for letter in name.dropLast() {
                    values.append((find(String(letter), in: flags)!, ""))
                }
                values.append((known, value))
            } else {
                throw DockerRefusal(
                    "Drydock's docker stand-in does not have the option \(parts[0]) of docker "
                        + "\(command). With --docker real the engine's docker is used instead.")
            }
        }
    }

    subscript(name: String) -> String? { values.last { $0.name == name }?.value }

    func has(_ name: String) -> Bool { values.contains { $0.name == name } }

    func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }
}

/// Why the stand-in does not do something; printed, and its exit status is 1 unless another is
/// given.
struct DockerRefusal: Error, Equatable {
    var text: String
    var status: Int32

    init(_ text: String, status: Int32 = 1) { (self.text, self.status) = (text, status) }

    /// What it lacks, by name.
    static func lacks(_ command: String) -> DockerRefusal {
        DockerRefusal(
            "Drydock's docker stand-in does not have docker \(command). With --docker real the "
                + "engine's docker is used instead.")
    }
}
