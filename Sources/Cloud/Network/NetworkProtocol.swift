import CloudAPI

/// A protocol as security groups and network ACLs name it.
public enum NetworkProtocol: Hashable, Sendable, Codable {
    case all, tcp, udp, icmp
    /// By its number.
    case other(Int)
}

extension NetworkProtocol {
    static let icmpv6 = NetworkProtocol.other(58)

    /// A name in any case or a number; `-1` is all of them. `nil` for anything else.
    init?(_ text: String) {
        switch text.lowercased() {
        case "-1", "all": self = .all
        case "tcp", "6": self = .tcp
        case "udp", "17": self = .udp
        case "icmp", "1": self = .icmp
        case "icmpv6", "58": self = .icmpv6
        default:
            guard let number = Int(text), 0...255 ~= number else { return nil }
            self = .other(number)
        }
    }

    /// As security groups spell it: names where there is one. Source: vpc.md section 6.
    var name: String {
        switch self {
        case .all: "-1"
        case .tcp: "tcp"
        case .udp: "udp"
        case .icmp: "icmp"
        case .icmpv6: "icmpv6"
        case .other(let number): String(number)
        }
    }

    /// As network ACLs spell it. Source: vpc.md section 5.
    var number: String {
        switch self {
        case .all: "-1"
        case .tcp: "6"
        case .udp: "17"
        case .icmp: "1"
        case .other(let number): String(number)
        }
    }

    var hasPorts: Bool { self == .tcp || self == .udp }
    /// Types and codes stand where others have ports.
    var hasTypes: Bool { self == .icmp || self == .icmpv6 }
}

/// Ports from the first to the last; of ICMP, the type and the code.
public struct PortRange: Hashable, Sendable, Codable {
    public var from: Int
    public var to: Int

    public init(_ from: Int, _ to: Int) { (self.from, self.to) = (from, to) }

    public func contains(_ port: Int) -> Bool { from <= port && port <= to }
}
