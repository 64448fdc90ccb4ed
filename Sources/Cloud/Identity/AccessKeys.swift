import CloudAPI
import Digests
import Simulation

extension Cloud {
    /// Gives out a temporary key for whoever `arn` names, and remembers whom it stands for.
    ///
    /// Id, secret and token look like AWS's and are the same in each run with the same seed: they
    /// protect nothing. Source of the forms: surroundings.md section 2.
    mutating func giveAccessKey(
        for arn: String, in account: String, lasting duration: Duration
    ) -> (id: String, key: Identity.AccessKey) {
        let number = identity.accessKeysGiven
        identity.accessKeysGiven += 1
        let id = "ASIA" + naming.capitals(number, .accessKey, count: 16)
        func text(_ what: String, count: Int) -> String {
            var bytes: [UInt8] = []
            for part in 0...(count / 64) {
                bytes += SHA256.hex(of: "\(what) \(naming.seed) \(id) \(part)".utf8).utf8
            }
            // Hex digits in base64 look as random as anything.
            return String(Base64.encode(bytes).prefix(count))
        }
        let key = Identity.AccessKey(
            account: account, arn: arn, secret: text("secret", count: 40),
            sessionToken: text("token", count: 356), expiresAt: now + duration)
        identity.accessKeys[id] = key
        return (id, key)
    }
}
