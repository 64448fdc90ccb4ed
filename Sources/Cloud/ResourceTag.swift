/// A tag of a resource: a key and a value.
public struct ResourceTag: Hashable, Codable, Sendable {
    public var key: String
    public var value: String
    public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
}
