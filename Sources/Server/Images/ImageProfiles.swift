/// How the programs in images behave, for images that have no labels for it: from a file.
public struct ImageProfiles: Sendable {
    /// By repository, `repository:tag` or `repository@digest`: labels by their whole names.
    private var sections: [String: [String: String]] = [:]

    /// Why a file is not one of profiles.
    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    public init() {}

    /// Reads sections such as `[web]` or `[web:v2]`, and in them `boot = 25`: the labels of
    /// docs/image-labels.md without `drydock.`, and `version`.
    ///
    /// - Throws: A ``Problem`` that names the line.
    public init(_ text: String) throws(Problem) {
        var section: String?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = Self.trimmed(line)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
                sections[section!, default: [:]] = [:]
                continue
            }
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let section else {
                throw Problem(
                    description: "Line \(number + 1) is neither an [image] nor, below one, a "
                        + "\"label = value\".")
            }
            let label = String(Self.trimmed(parts[0]))
            let name = label == "version" ? "org.opencontainers.image.version" : "drydock.\(label)"
            sections[section]![name] = String(Self.trimmed(parts[1]))
        }
    }

    /// Every section with its labels, in the order of their names.
    public var all: [(image: String, labels: [String: String])] {
        sections.sorted { $0.key < $1.key }.map { (image: $0.key, labels: $0.value) }
    }

    /// What the file says of an image. What it says of a digest counts more than what it says of a
    /// tag, and that more than what it says of the repository.
    func labels(of repository: String, tags: [String], digest: String) -> [String: String] {
        if sections.isEmpty { return [:] }
        let names = [repository] + tags.map { "\(repository):\($0)" } + ["\(repository)@\(digest)"]
        return names.reduce(into: [:]) { labels, name in
            labels.merge(sections[name] ?? [:]) { $1 }
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
