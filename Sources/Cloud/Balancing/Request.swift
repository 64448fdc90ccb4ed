extension Balancing {
    /// A request as far as listeners look at it.
    public struct Request: Hashable, Sendable {
        public struct Header: Hashable, Sendable {
            public var name: String
            public var value: String
            public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
        }

        public var method: String
        /// What the Host header says, with or without a port.
        public var host: String
        /// With the slash in front and without the query.
        public var path: String
        /// What stands behind the question mark, as it was sent; empty if nothing does.
        public var query: String
        public var headers: [Header]
        /// The client's address.
        public var source: IPv4Address

        public init(
            method: String = "GET", host: String = "", path: String = "/", query: String = "",
            headers: [Header] = [], source: IPv4Address = Network.internetClient
        ) {
            self.method = method
            self.host = host
            self.path = path
            self.query = query
            self.headers = headers
            self.source = source
        }

        var hostWithoutPort: Substring { host.prefix { $0 != ":" } }
    }
}

extension Balancing {
    /// What a listener does with a request: the actions of the first rule that it meets, by
    /// priority, or else the default ones.
    public func actions(for request: Request, at listener: ListenerID) -> [Action] {
        for rule in listeners[listener].rules
        where rules[rule].conditions.allSatisfy({ $0.holds(for: request) }) {
            return rules[rule].actions
        }
        return listeners[listener].actions
    }
}

extension Balancing.Condition {
    /// Whether a request meets one of the values. Source: ELB User Guide, "Condition types for
    /// listener rules"; elbv2.md section 4.
    public func holds(for request: Balancing.Request) -> Bool {
        switch self {
        case .host(let patterns):
            let host = request.hostWithoutPort.lowercased()
            return patterns.contains { Wildcards($0.lowercased()).match(host) }
        case .path(let patterns):
            return patterns.contains { Wildcards($0).match(request.path) }
        case .header(let name, let patterns):
            let name = name.lowercased()
            return request.headers.contains { header in
                guard header.name.lowercased() == name else { return false }
                let value = header.value.lowercased()
                return patterns.contains { Wildcards($0.lowercased()).match(value) }
            }
        case .method(let methods): return methods.contains(request.method)
        case .query(let wanted):
            let pairs = request.query.lowercased().split(separator: "&").map {
                let parts = $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (key: parts[0], value: parts.count > 1 ? parts[1] : "")
            }
            return wanted.contains { tag in
                let key = tag.key.isEmpty ? nil : Wildcards(tag.key.lowercased(), escaped: true)
                let value = Wildcards(tag.value.lowercased(), escaped: true)
                return pairs.contains {
                    (key?.match($0.key) ?? true) && value.match($0.value)
                }
            }
        case .source(let blocks):
            return blocks.contains { CIDRBlock($0)?.contains(request.source) ?? false }
        }
    }
}

/// A pattern with `*` for any characters, also none, and `?` for exactly one.
struct Wildcards {
    private enum Part: Equatable {
        case byte(UInt8)
        case one
        case any
    }
    private var parts: [Part] = []

    /// - Parameter escaped: Whether a backslash takes away the meaning of the character behind it.
    init(_ pattern: String, escaped: Bool = false) {
        var isEscaped = false
        for byte in pattern.utf8 {
            switch byte {
            case _ where isEscaped:
                parts.append(.byte(byte))
                isEscaped = false
            case UInt8(ascii: "\\") where escaped: isEscaped = true
            case UInt8(ascii: "*"): parts.append(.any)
            case UInt8(ascii: "?"): parts.append(.one)
            default: parts.append(.byte(byte))
            }
        }
    }

    /// - Complexity: O(pattern times text), and never more.
    func match(_ text: some StringProtocol) -> Bool {
        let text = Array(text.utf8)
        var (at, part) = (0, 0)
        // Where to try again with one byte more for the last `*`.
        var retry: (at: Int, part: Int)?
        while at < text.count {
            if part < parts.count, parts[part] == .any {
                retry = (at, part)
                part += 1
            } else if part < parts.count, parts[part] == .one || parts[part] == .byte(text[at]) {
                at += 1
                part += 1
            } else if let last = retry {
                (at, part) = (last.at + 1, last.part + 1)
                retry = (at, last.part)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }
}
