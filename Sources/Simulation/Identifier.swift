/// The id of one kind of thing: a dense number that can only be used where it belongs.
///
///     public struct TaskID: Identifier {
///         public let rawValue: UInt32
///         public init(rawValue: UInt32) { self.rawValue = rawValue }
///     }
///
/// Everything else comes from here: order by number, a literal for tests, a bare number when saved.
/// A `Table` gives ids out and is indexed by them.
public protocol Identifier:
    RawRepresentable, Hashable, Comparable, Codable, Sendable, BitwiseCopyable,
    ExpressibleByIntegerLiteral
where RawValue == UInt32, IntegerLiteralType == UInt32 {
    init(rawValue: UInt32)
}

extension Identifier {
    @inlinable public init(integerLiteral number: UInt32) { self.init(rawValue: number) }

    @inlinable public static func < (one: Self, other: Self) -> Bool {
        one.rawValue < other.rawValue
    }
    @inlinable public static func == (one: Self, other: Self) -> Bool {
        one.rawValue == other.rawValue
    }
    @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(UInt32.self))
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
