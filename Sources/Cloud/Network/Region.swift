/// A region of AWS: its availability zones, as every account sees them here.
struct Region {
    struct Zone {
        /// `"us-east-1a"`: which building that is differs from account to account.
        var name: String
        /// `"use1-az6"`: the same building for everyone.
        var id: String
    }

    let name: String

    init(_ name: String) { self.name = name }

    /// The regions that are open to every account, and those one has to ask for.
    /// Source: AWS General Reference, "Amazon EC2 endpoints".
    private static let known: [(name: String, place: String, zones: String, isOptIn: Bool)] = [
        ("af-south-1", "Africa (Cape Town)", "abc", true),
        ("ap-east-1", "Asia Pacific (Hong Kong)", "abc", true),
        ("ap-northeast-1", "Asia Pacific (Tokyo)", "acd", false),
        ("ap-northeast-2", "Asia Pacific (Seoul)", "abcd", false),
        ("ap-northeast-3", "Asia Pacific (Osaka)", "abc", false),
        ("ap-south-1", "Asia Pacific (Mumbai)", "abc", false),
        ("ap-south-2", "Asia Pacific (Hyderabad)", "abc", true),
        ("ap-southeast-1", "Asia Pacific (Singapore)", "abc", false),
        ("ap-southeast-2", "Asia Pacific (Sydney)", "abc", false),
        ("ap-southeast-3", "Asia Pacific (Jakarta)", "abc", true),
        ("ap-southeast-4", "Asia Pacific (Melbourne)", "abc", true),
        ("ca-central-1", "Canada (Central)", "abd", false),
        ("ca-west-1", "Canada West (Calgary)", "abc", true),
        ("eu-central-1", "Europe (Frankfurt)", "abc", false),
        ("eu-central-2", "Europe (Zurich)", "abc", true),
        ("eu-north-1", "Europe (Stockholm)", "abc", false),
        ("eu-south-1", "Europe (Milan)", "abc", true),
        ("eu-south-2", "Europe (Spain)", "abc", true),
        ("eu-west-1", "Europe (Ireland)", "abc", false),
        ("eu-west-2", "Europe (London)", "abc", false),
        ("eu-west-3", "Europe (Paris)", "abc", false),
        ("il-central-1", "Israel (Tel Aviv)", "abc", true),
        ("me-central-1", "Middle East (UAE)", "abc", true),
        ("me-south-1", "Middle East (Bahrain)", "abc", true),
        ("sa-east-1", "South America (Sao Paulo)", "abc", false),
        ("us-east-1", "US East (N. Virginia)", "abcdef", false),
        ("us-east-2", "US East (Ohio)", "abc", false),
        ("us-west-1", "US West (N. California)", "ab", false),
        ("us-west-2", "US West (Oregon)", "abcd", false),
    ]

    /// By name.
    static let all = known.map { Region($0.name) }

    private var facts: (name: String, place: String, zones: String, isOptIn: Bool) {
        Self.known.first { $0.name == name } ?? (name, name, "abc", false)
    }

    var isOptIn: Bool { facts.isOptIn }
    /// `"US East (N. Virginia)"`
    var place: String { facts.place }

    /// Which building has which letter. Observed for an account; vpc.md section 2. Elsewhere in
    /// order: assumed.
    private static let observed = [
        "us-east-1": [6, 1, 2, 4, 3, 5],
        "eu-central-1": [2, 3, 1],
    ]

    var zones: [Zone] {
        facts.zones.enumerated().map { index, letter in
            let number = Self.observed[name]?[index] ?? index + 1
            return Zone(name: "\(name)\(letter)", id: "\(shortName)-az\(number)")
        }
    }

    func zone(named name: String) -> Zone? { zones.first { $0.name == name } }
    func zone(withID id: String) -> Zone? { zones.first { $0.id == id } }

    /// `"use1"` of us-east-1, `"apne1"` of ap-northeast-1.
    private var shortName: String {
        let parts = name.split(separator: "-")
        guard parts.count >= 3, let number = parts.last else { return name }
        let words = parts.dropFirst().dropLast().map { word -> String in
            switch word {
            case "northeast": "ne"
            case "northwest": "nw"
            case "southeast": "se"
            case "southwest": "sw"
            default: String(word.prefix(1))
            }
        }
        return parts[0] + words.joined() + number
    }

    /// What names of hosts within a VPC end in. Source: vpc.md section 2.
    var internalDomain: String {
        name == "us-east-1" ? "ec2.internal" : "\(name).compute.internal"
    }

    func privateName(of address: IPv4Address) -> String {
        "ip-\(dashed(address)).\(internalDomain)"
    }

    func publicName(of address: IPv4Address) -> String {
        name == "us-east-1"
            ? "ec2-\(dashed(address)).compute-1.amazonaws.com"
            : "ec2-\(dashed(address)).\(name).compute.amazonaws.com"
    }

    private func dashed(_ address: IPv4Address) -> String {
        String(address.description.map { $0 == "." ? "-" : $0 })
    }
}

extension Place {
    /// The one set of DHCP options that each region of an account has from the start.
    func dhcpOptionsID(_ naming: Naming) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(account)/\(region)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return "dopt-0" + Naming.hex(hash ^ naming.seed, digits: 16)
    }
}
