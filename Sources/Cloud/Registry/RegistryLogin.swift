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
                Self.signature(payload, in: cloud))","version":"2","type":"DATA_KEY",\
            "expiration":\(seconds)}
            """
        return Base64.encode("AWS:\(Base64.encode(json.utf8))".utf8)
    }

    fileprivate static func signature(_ payload: String, in cloud: Cloud) -> String {
        SHA256.hex(of: "registry login \(cloud.naming.seed) \(payload)".utf8)
    }
}

extension Cloud {
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
            json["signature"]?.asText == RegistryLogin.signature(payload, in: self)
        else { return nil }
        let parts = payload.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let expiry = Int64(parts[3]) else { return nil }
        return RegistryLogin(
            caller: Caller(place: Place(account: parts[0], region: parts[1]), arn: parts[2]),
            expiresAt: Instant(Duration(nanoseconds: expiry)))
    }
}
