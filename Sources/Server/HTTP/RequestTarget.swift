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
        guard let target = head.path, !target.isEmpty else { return nil }
        var authority = head.authority ?? ""
        var rest = target[...]
        isProxied = false
        if target.first != "/", let scheme = target.firstRange(of: "://") {
            guard target[..<scheme.lowerBound].lowercased() == "http" else { return nil }
            isProxied = true
            rest = target[scheme.upperBound...]
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        }
        if let mark = rest.firstIndex(of: "?") {
            path = String(rest[..<mark])
            query = String(rest[rest.index(after: mark)...])
        } else {
            path = String(rest)
            query = ""
        }
        if path.isEmpty { path = "/" }
        (host, port) = Self.split(authority)
    }

    /// `[::1]:80` is host and port too.
    private static func split(_ authority: String) -> (String, Int?) {
        let text = authority.split(separator: "@").last ?? ""
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...])
        else { return (text.lowercased(), nil) }
        return (text[..<colon].lowercased(), port)
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
