/// A request or an answer before anyone knows what it means: what JSON can say, as a tree.
///
/// A query request is such a tree too, with text for every scalar.
public enum WireValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case list([WireValue])
    /// In the order of the wire. Of a key that occurs twice, the last one counts.
    case object([Member])

    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: WireValue

        public init(_ key: String, _ value: WireValue) {
            self.key = key
            self.value = value
        }
    }

    /// What stands below `key`; `nil` if this is no object or has no such key.
    public subscript(key: String) -> WireValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The kind of value, in the word a failure uses for it.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .int, .double: "a number"
        case .string: "a string"
        case .list: "a list"
        case .object: "an object"
        }
    }
}
