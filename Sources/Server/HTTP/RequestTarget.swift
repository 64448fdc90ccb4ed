import HTTPTypes

/// Where a request goes, by its first line and its Host header.
struct RequestTarget: Sendable {
    /// What is before the question mark, as sent.
    var path: String
    /// What is behind it, as sent.
    var query: String
    /// In small letters and without the port.
    var host: String
    var port: Int?
    /// Whether the client takes us for a proxy: the first line has the whole address.
    var isProxied: Bool

    /// - Returns: `nil` if there is no address to make sense of.
    init?(_ head: HTTPRequest) {
        guard let path = head.path else { return nil }
        self.init(path, host: head.authority)
    }

    /// - Parameters:
    ///   - target: What stands in the first line.
    ///   - host: The Host header.
    init?(_ target: String, host: String?) {
        guard !target.isEmpty else { return nil }
        var authority = host ?? ""
        var rest = target[...]
        isProxied = false
        if target.utf8.first != UInt8(ascii: "/"), let scheme = target.firstRange(of: "://") {
            guard target[..<scheme.lowerBound].lowercased() == "http" else { return nil }
            isProxied = true
            rest = target[scheme.upperBound...]
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        }
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(rest[..<mark])
            query = String(rest[rest.utf8.index(after: mark)...])
        } else {
            path = String(rest)
            query = ""
        }
        if path.isEmpty { path = "/" }
        (self.host, port) = Self.split(authority)
    }

    /// `[::1]:80` is host and port too.
    private static func split(_ authority: String) -> (String, Int?) {
        // By bytes: every request comes through here, and characters take longer.
        var text = Substring(authority)
        if let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) {
            text = text[text.utf8.index(after: at)...]
        }
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = Int(text[text.utf8.index(after: colon)...])
        else { return (small(text), nil) }
        return (small(text[..<colon]), port)
    }

    private static func small(_ text: Substring) -> String {
        let hasCapitals = text.utf8.contains { (0x41...0x5A).contains($0) || $0 > 0x7F }
        return hasCapitals ? text.lowercased() : String(text)
    }

    /// Whether the host is the name of a load balancer, of any.
    var isLoadBalancer: Bool {
        host.hasSuffix(".amazonaws.com") && host.contains(".elb.")
    }

    /// Names that no page of another site can have taken for itself: this machine's, addresses, and
    /// names without a dot, as those of containers are.
    var isNameOfOurs: Bool {
        isThisMachine || !host.contains(".") || host.hasSuffix(".internal")
            || Self.isAddress(host)
    }

    /// Digits and dots, or IPv6 in its brackets; no name on the internet ends in a digit.
    private static func isAddress(_ host: String) -> Bool {
        let isFour = host.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
        return isFour || (host.hasPrefix("[") && host.hasSuffix("]"))
    }

    /// Names that mean this machine, under which a proxied request is for the server itself.
    var isThisMachine: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || (host.hasPrefix("127.") && Self.isAddress(host))
    }
}
