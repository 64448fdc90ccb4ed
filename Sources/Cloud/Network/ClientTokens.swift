import CloudAPI
import Digests
import Simulation

extension Network {
    /// What a call with a `clientToken` made, so that the same call again makes nothing more.
    struct TokenRecord: Sendable, Codable {
        /// SHA-256 of the request.
        let request: String
        let id: UInt32
        let at: Instant
    }

    /// How many records are kept before those that are too old are looked for.
    fileprivate static let tokensBeforeSweep = 512
}

/// Source of the rule: Amazon EC2 API Reference, "Ensuring idempotency".
extension Cloud {
    /// What the same call made before; `nil` if it is new, or if what it made is gone.
    ///
    /// - Throws: If the token came with another request.
    func made<O: APIOperation, ID: Identifier, Value>(
        by call: O, _ token: String?, among table: Table<ID, Value>, for caller: Caller
    ) throws(APIFailure) -> ID? {
        guard let token, let record = network.tokens[Self.key(call, token, caller)],
            now - record.at <= timing.clientTokenKept,
            table.contains(ID(rawValue: record.id))
        else { return nil }
        guard record.request == Self.digest(call) else { throw .tokenOfOtherRequest }
        return ID(rawValue: record.id)
    }

    mutating func remember<O: APIOperation>(
        _ id: some Identifier, madeBy call: O, _ token: String?, for caller: Caller
    ) {
        guard let token else { return }
        if network.tokens.count >= Network.tokensBeforeSweep {
            for (key, record) in network.tokens.sorted
            where now - record.at > timing.clientTokenKept {
                network.tokens[key] = nil
            }
        }
        network.tokens[Self.key(call, token, caller)] = Network.TokenRecord(
            request: Self.digest(call), id: id.rawValue, at: now)
    }

    private static func key<O: APIOperation>(
        _: O, _ token: String, _ caller: Caller
    ) -> PlacedName { PlacedName("\(O.name) \(token)", in: caller.place) }

    private static func digest(_ call: some APIOperation) -> String {
        SHA256.hex(of: ShapeWriter.json(call))
    }
}
