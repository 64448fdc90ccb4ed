import HashTreeCollections

/// Finds things by a key. A copy shares what did not change, so that the first change after a
/// snapshot costs no more than any other.
///
/// It has no order of its own: it is walked, and saved, by sorted keys.
struct Index<Key: Hashable & Comparable & Codable & Sendable, Value: Codable & Sendable>: Sendable {
    private var entries = TreeDictionary<Key, Value>()

    init() {}

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    subscript(key: Key) -> Value? {
        get { entries[key] }
        _modify { yield &entries[key] }
    }

    subscript(key: Key, default fallback: @autoclosure () -> Value) -> Value {
        get { entries[key] ?? fallback() }
        _modify { yield &entries[key, default: fallback()] }
    }

    /// By ascending keys. O(n log n).
    var sorted: [(key: Key, value: Value)] {
        entries.map { (key: $0.key, value: $0.value) }.sorted { $0.key < $1.key }
    }
}

extension Index: Codable {
    private struct Entry: Codable {
        var key: Key
        var value: Value
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            let entry = try container.decode(Entry.self)
            entries[entry.key] = entry.value
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for (key, value) in sorted { try container.encode(Entry(key: key, value: value)) }
    }
}
