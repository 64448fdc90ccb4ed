import CloudAPI
import Digests
import Simulation

/// What a token of `GetAuthorizationToken` stands for: who may use the registry, and until when.
///
/// The token says so itself, and is signed, so nobody has to remember it.
public struct RegistryLogin: Hashable, Sendable {
    public let caller: Caller
    public let expiresAt: Instant

    init(caller: Caller, expiresAt: Instant) {
        self.caller = caller
        self.expiresAt = expiresAt
    }
}

extension RegistryLogin {
    /// What docker sends: base64 of `AWS:` and a password, which is base64 of JSON.
    /// Source: ecr.md section 4.2. The content of the password: ours.
    func token(of cloud: Cloud) -> String {
        let payload = [
            caller.place.account, caller.place.region, caller.arn,
            String(expiresAt.sinceStart.nanoseconds),
        ].joined(separator: "|")
        let seconds = cloud.calendar(expiresAt).milliseconds / 1000
        let json = """
            {"payload":"\(Base64.encode(payload.utf8))","signature":"\(
                cloud.seal("registry login", payload))","version":"2","type":"DATA_KEY",\
            "expiration":\(seconds)}
            """
        return Base64.encode("AWS:\(Base64.encode(json.utf8))".utf8)
    }
}

extension Cloud {
    /// What makes logins and addresses of layers impossible to guess, where strangers can reach the
    /// registry; `nil`: they follow from the seed of names.
    public var registrySecret: String? {
        get { registry.secret }
        set { registry.secret = newValue }
    }

    /// What only this cloud can say of a text.
    func seal(_ purpose: String, _ text: String) -> String {
        guard let secret = registry.secret else {
            return SHA256.hex(of: "\(purpose) \(naming.seed) \(text)".utf8)
        }
        let code = HMAC.sha256("\(purpose) \(text)".utf8, key: Array(secret.utf8))
        return code.map { Naming.hex(UInt64($0), digits: 2) }.joined()
    }

    /// Reads a token, as it stands behind `Authorization: Basic`.
    ///
    /// - Returns: `nil` for whatever this cloud has not given out. One that has expired is read
    ///   too.
    public func registryLogin(_ token: String) -> RegistryLogin? {
        func decoded(_ text: some StringProtocol) -> String? {
            Base64.decode(String(text)).flatMap { String(validating: $0, as: UTF8.self) }
        }
        guard let login = decoded(token), login.hasPrefix("AWS:"),
            let json = decoded(login.dropFirst(4)).flatMap({ WireValue(json: $0) }),
            let payload = json["payload"]?.asText.flatMap({ decoded($0) }),
            json["signature"]?.asText == seal("registry login", payload)
        else { return nil }
        let parts = payload.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let expiry = Int64(parts[3]) else { return nil }
        return RegistryLogin(
            caller: Caller(place: Place(account: parts[0], region: parts[1]), arn: parts[2]),
            expiresAt: Instant(Duration(nanoseconds: expiry)))
    }
}
