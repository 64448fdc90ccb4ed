import CloudAPI

/// A shape that Describe calls can filter. Its filters are answered from what the shape itself
/// shows, so both cannot differ.
protocol Filterable {
    /// One without any values, to ask whether there is such a filter.
    static var blank: Self { get }
    /// What a filter looks at; `nil` if there is no filter of this name.
    func values(of filter: String) -> [String?]?
}

extension Optional<[EC2.Tag]> {
    /// What the filters `tag:Key`, `tag-key` and `tag-value` look at; `nil` for any other.
    func values(forFilter name: String) -> [String?]? {
        switch name {
        case "tag-key": return (self ?? []).map(\.key)
        case "tag-value": return (self ?? []).map(\.value)
        default:
            guard name.hasPrefix("tag:") else { return nil }
            let key = String(name.dropFirst(4))
            return (self ?? []).filter { $0.key == key }.map(\.value)
        }
    }
}

/// Filters of a Describe call: every one must match, each by any of its values.
/// Source: vpc.md section 1.
struct Filters {
    private let filters: [(name: String, patterns: [String])]

    /// - Throws: For a name that the shape has no filter of.
    init<Item: Filterable>(_ filters: [EC2.Filter]?, for _: Item.Type) throws(APIFailure) {
        let blank = Item.blank
        var checked: [(name: String, patterns: [String])] = []
        for filter in filters ?? [] {
            let name = filter.name ?? "null"
            guard blank.values(of: name) != nil else { throw .invalidFilter(name) }
            checked.append((name, filter.values ?? []))
        }
        self.filters = checked
    }

    var isEmpty: Bool { filters.isEmpty }

    func match(_ item: some Filterable) -> Bool {
        filters.allSatisfy { filter in
            let values = (item.values(of: filter.name) ?? []).compactMap { $0 }
            return filter.patterns.contains { pattern in
                values.contains { matches($0, pattern) }
            }
        }
    }
}

/// Whether a text is like a pattern: `*` stands for any characters, `?` for exactly one, and a
/// backslash takes what follows it as it is.
func matches(_ text: String, _ pattern: String) -> Bool {
    if !pattern.utf8.contains(where: { $0 == 0x2A || $0 == 0x3F || $0 == 0x5C }) {
        return text == pattern
    }
    let (text, pattern) = (Array(text), Array(pattern))
    var (at, place) = (0, 0)
    // Where to go on if what follows the last star does not fit: one character further.
    var retry: (text: Int, pattern: Int)?
    while at < text.count {
        if place < pattern.count, pattern[place] == "*" {
            retry = (at, place)
            place += 1
            continue
        }
        let isEscaped = place + 1 < pattern.count && pattern[place] == "\\"
        let wanted = isEscaped ? place + 1 : place
        if wanted < pattern.count,
            pattern[wanted] == text[at] || (!isEscaped && pattern[wanted] == "?")
        {
            at += 1
            place = wanted + 1
        } else if let last = retry {
            retry = (last.text + 1, last.pattern)
            at = last.text + 1
            place = last.pattern + 1
        } else {
            return false
        }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
}
