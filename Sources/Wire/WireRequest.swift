/// A request as it came off the wire, before anyone knows what it means.
public struct WireRequest: Sendable {
    public var method: String
    /// What stands before the question mark, as sent: percent escapes are still in it.
    public var path: String
    /// What stands behind the question mark, as sent; empty if there is none.
    public var query: String
    public var headers: WireHeaders
    public var body: [UInt8]

    public init(
        method: String = "POST", path: String = "/", query: String = "",
        headers: WireHeaders = [:], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The content type without its parameters, in lower case; `nil` if there is none.
    var mediaType: String? {
        guard let value = headers["content-type"] else { return nil }
        // By bytes: every request has one.
        let type = value.utf8.prefix { $0 != UInt8(ascii: ";") }
        let isPlain = type.allSatisfy { $0 > 0x20 && $0 == $0.lowercasedASCII }
        return isPlain ? String(Substring(type)) : Substring(type).trimmed.lowercased()
    }
}

/// An answer that only has to be put on the wire.
public struct WireResponse: Sendable, Equatable {
    public var status: Int
    public var headers: WireHeaders
    public var body: [UInt8]

    public init(status: Int, headers: WireHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Header fields in the order of the wire; names are looked up without regard to case.
public struct WireHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var fields: [Field]

    public init(_ fields: [Field] = []) { self.fields = fields }

    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field($0.0, $0.1) }
    }

    /// The value of the first field of that name.
    public subscript(name: String) -> String? {
        fields.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    /// The values of all fields of that name, in their order.
    public func values(of name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    public mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name, value))
    }
}

/// How much of a request is read before it is refused.
public struct WireLimits: Sendable {
    /// The size of a body. Large enough for `UploadLayerPart`, whose 20 MiB travel in base64.
    public var bodyBytes = 32 << 20
    /// The size of a form; the largest thing in one is a policy document of 128 KiB.
    public var formBytes = 4 << 20
    /// How many parameters a form has.
    public var parameters = 20_000
    /// How many lists and objects stand inside each other.
    public var depth = 64

    public init() {}
}

extension String {
    /// Equal but for the case of ASCII letters.
    func equalsIgnoringCase(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let found = utf8.withContiguousStorageIfAvailable { mine in
            other.utf8.withContiguousStorageIfAvailable { its in
                mine.indices.allSatisfy {
                    mine[$0] == its[$0] || mine[$0].lowercasedASCII == its[$0].lowercasedASCII
                }
            }
        }
        return found.flatMap { $0 } ?? (lowercased() == other.lowercased())
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension StringProtocol {
    /// Without the blanks and tabs around it.
    var trimmed: SubSequence {
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let start = utf8.firstIndex(where: { !isBlank($0) }) else { return self[endIndex...] }
        var (index, end) = (start, start)
        while index != utf8.endIndex {
            let next = utf8.index(after: index)
            if !isBlank(utf8[index]) { end = next }
            index = next
        }
        return self[start..<end]
    }

    /// The first letter in lower case, as AWS writes members in its messages.
    var withLowerFirst: String { prefix(1).lowercased() + dropFirst() }
}
