/// An account and a region: a world of its own. Resources of one place do not see those of another.
public struct Place: Hashable, Comparable, Codable, Sendable {
    /// Twelve digits.
    public var account: String
    /// `"us-east-1"`.
    public var region: String

    public init(account: String, region: String) {
        self.account = account
        self.region = region
    }

    /// Where calls go that name neither: account 000000000000 in us-east-1.
    public static let standard = Place(account: "000000000000", region: "us-east-1")

    public static func < (one: Place, other: Place) -> Bool {
        (one.account, one.region) < (other.account, other.region)
    }
}

/// A name within a place, the key under which an index finds a resource.
struct PlacedName: Hashable, Comparable, Codable, Sendable {
    var place: Place
    var name: String

    static func < (one: PlacedName, other: PlacedName) -> Bool {
        (one.place, one.name) < (other.place, other.name)
    }

    init(_ name: String, in place: Place) {
        self.place = place
        self.name = name
    }
}

/// Who calls, and where to.
public struct Caller: Hashable, Codable, Sendable {
    public var place: Place
    /// The caller's ARN, as `GetCallerIdentity` answers it.
    public var arn: String

    public init(place: Place = .standard, arn: String? = nil) {
        self.place = place
        self.arn = arn ?? "arn:aws:iam::\(place.account):root"
    }
}
