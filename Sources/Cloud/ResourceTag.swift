/// A tag that a user has put on a resource.
public struct ResourceTag: Hashable, Codable, Sendable {
    public var key: String
    public var value: String
    public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
}
