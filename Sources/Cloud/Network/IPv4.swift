/// An IPv4 address.
public struct IPv4Address: Hashable, Comparable, Codable, Sendable, BitwiseCopyable {
    public var rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Four decimal numbers with dots; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        var value: UInt32 = 0
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ 48...57 ~= $0 }),
                let byte = UInt8(part)
            else { return nil }
            value = value << 8 | UInt32(byte)
        }
        rawValue = value
    }

    public static func < (one: IPv4Address, other: IPv4Address) -> Bool {
        one.rawValue < other.rawValue
    }

    /// 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918).
    public var isPrivate: Bool {
        rawValue >> 24 == 10 || rawValue >> 20 == 0xAC1 || rawValue >> 16 == 0xC0A8
    }
}

extension IPv4Address: CustomStringConvertible {
    public var description: String {
        String(writing: { $0.add(self) })
    }
}

extension TextWriter {
    fileprivate mutating func add(_ address: IPv4Address) {
        for place in stride(from: UInt32(24), through: 0, by: -8) {
            add(Int(address.rawValue >> place & 255))
            if place > 0 { add(".") }
        }
    }
}

/// A block of IPv4 addresses, in the form `10.0.1.0/24`.
public struct CIDRBlock: Hashable, Codable, Sendable, BitwiseCopyable {
    /// The lowest address; its bits beyond the prefix are zero.
    public var first: IPv4Address
    /// The length of the prefix: 0 to 32.
    public var prefix: Int

    public init(_ address: IPv4Address, prefix: Int) {
        self.prefix = prefix
        first = IPv4Address(rawValue: address.rawValue & Self.mask(prefix))
    }

    /// Bits beyond the prefix are cleared, as AWS does; `nil` for anything that is no block.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPv4Address(parts[0]),
            (1...2).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ 48...57 ~= $0 }),
            let prefix = Int(parts[1]), prefix <= 32
        else { return nil }
        self.init(address, prefix: prefix)
    }

    public static let everywhere = CIDRBlock(IPv4Address(rawValue: 0), prefix: 0)

    private static func mask(_ prefix: Int) -> UInt32 {
        prefix == 0 ? 0 : ~0 << UInt32(32 - prefix)
    }

    /// How many addresses it has.
    public var count: Int { 1 << (32 - prefix) }

    public func contains(_ address: IPv4Address) -> Bool {
        (address.rawValue ^ first.rawValue) & Self.mask(prefix) == 0
    }
    public func contains(_ other: CIDRBlock) -> Bool {
        other.prefix >= prefix && contains(other.first)
    }
    public func overlaps(_ other: CIDRBlock) -> Bool { contains(other) || other.contains(self) }
}

extension CIDRBlock: CustomStringConvertible {
    public var description: String {
        String(writing: { text in
            text.add(first)
            text.add("/")
            text.add(prefix)
        })
    }
}
