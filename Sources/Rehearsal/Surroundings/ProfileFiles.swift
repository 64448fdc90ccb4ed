/// The config and credentials files of a rehearsed command: the names and regions of the profiles
/// that its user has, with keys that open nothing.
struct ProfileFiles: Equatable {
    /// In the order of their first mention; `default` is always there.
    private(set) var profiles: [Profile] = []

    struct Profile: Equatable {
        var name: String
        var region: String?
    }

    static let secret = "drydock-rehearsal-opens-nothing"

    /// - Parameters:
    ///   - config: The text of the user's config file, if there is one.
    ///   - credentials: The same of the credentials file.
    ///   - named: Profiles that the command names and that may be in neither.
    init(config: String, credentials: String, named: [String]) {
        add("default")
        read(config, isConfig: true)
        read(credentials, isConfig: false)
        for name in named { add(name) }
    }

    /// Of a profile, or of the default one.
    func region(of name: String?) -> String? {
        profiles.first { $0.name == name ?? "default" }?.region
    }

    /// A key of its own for each profile, so that a call says which one it was made with.
    static func accessKey(of index: Int) -> String {
        let digits = String(index)
        return "AKIDRYDOCK" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    /// The name of the profile with a key; `nil` for the default one and for other keys.
    func profile(withKey key: String?) -> String? {
        profiles.indices.dropFirst().first { Self.accessKey(of: $0) == key }.map {
            profiles[$0].name
        }
    }

    func config(region: String) -> String {
        profiles.map { profile in
            let title = profile.name == "default" ? "default" : "profile \(profile.name)"
            return "[\(title)]\nregion = \(profile.region ?? region)\n"
        }.joined(separator: "\n")
    }

    var credentials: String {
        profiles.indices.map { index in
            """
            [\(profiles[index].name)]
            aws_access_key_id = \(Self.accessKey(of: index))
            aws_secret_access_key = \(Self.secret)

            """
        }.joined(separator: "\n")
    }

    // MARK: reading

    private mutating func read(_ text: String, isConfig: Bool) {
        var current: Int?
        for line in text.split(separator: "\n") {
            let line = line.trimmed
            if line.first == "[", line.last == "]" {
                let name = title(line.dropFirst().dropLast().trimmed, isConfig: isConfig)
                current = name.map { add($0) }
                continue
            }
            let parts = line.split(separator: "=", maxSplits: 1)
            guard let current, parts.count == 2, parts[0].trimmed == "region" else { continue }
            profiles[current].region = profiles[current].region ?? String(parts[1].trimmed)
        }
    }

    /// The profile that a section is about; `nil` for one that is about something else.
    private func title(_ text: Substring, isConfig: Bool) -> String? {
        guard isConfig, text != "default" else { return String(text) }
        guard text.hasPrefix("profile ") else { return nil }
        return String(text.dropFirst("profile ".count).trimmed)
    }

    @discardableResult
    private mutating func add(_ name: String) -> Int {
        if let known = profiles.firstIndex(where: { $0.name == name }) { return known }
        profiles.append(Profile(name: name))
        return profiles.count - 1
    }
}

extension Substring {
    /// Without the white space around it.
    var trimmed: Substring {
        var text = self
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
