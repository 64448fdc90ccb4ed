import Cloud
import CloudAPI

/// Whose calls are whose: access keys and regions to accounts and places.
///
/// A key of twelve digits is an account of its own, one that IAM or STS has given out belongs to
/// whom it was given, and one from the credentials file to the account that the file says. Any
/// other is the server's own.
struct AccessKeys: Sendable {
    let settings: ServerSettings
    /// Looked up once; the number is bounded because whoever calls can invent keys.
    private var callers: [CallerKey: Caller] = [:]
    private static let most = 10_000

    private struct CallerKey: Hashable {
        var accessKey: String
        var region: String
    }

    init(_ settings: ServerSettings) { self.settings = settings }

    mutating func caller(
        accessKey: String?, region: String?, in cloud: borrowing Cloud
    ) -> Caller {
        let key = CallerKey(
            accessKey: accessKey ?? "", region: region ?? settings.region)
        if let known = callers[key] { return known }
        let caller = make(key, in: cloud)
        if callers.count >= Self.most { callers.removeAll() }
        callers[key] = caller
        return caller
    }

    private func make(_ key: CallerKey, in cloud: borrowing Cloud) -> Caller {
        if let given = cloud.identity.accessKey(key.accessKey) {
            return Caller(
                place: Place(account: given.account, region: key.region), arn: given.arn)
        }
        let account =
            settings.credentials?.keys[key.accessKey]?.account
            ?? (Self.isAccount(key.accessKey) ? key.accessKey : settings.account)
        return Caller(place: Place(account: account, region: key.region))
    }

    static func isAccount(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
