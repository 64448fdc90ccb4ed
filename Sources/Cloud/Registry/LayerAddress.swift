import CloudAPI
import Simulation

/// Where the bytes of a layer can be fetched for an hour, by whoever has the address.
///
/// AWS points to a bucket; Drydock points to the registry itself, where docker finds the layer too.
/// Source: ecr.md sections 5.8 and 6.5; the form of the query is ours.
public struct LayerAddress: Hashable, Sendable {
    /// The place of the registry.
    public let place: Place
    public let repository: String
    public let digest: String
    public let expiresAt: Instant
}

extension Cloud {
    func url(of address: LayerAddress) -> String {
        let scheme = registryHost == nil ? "https" : "http"
        return "\(scheme)://\(registryHostName(of: address.place))\(path(of: address))"
    }

    /// Where the bytes of a layer are to be had for an hour from now, on whatever name the registry
    /// was asked under.
    public func layerPath(_ digest: String, in repository: String, of place: Place) -> String {
        path(
            of: LayerAddress(
                place: place, repository: repository, digest: digest,
                expiresAt: now + .hours(1)))
    }

    private func path(of address: LayerAddress) -> String {
        "/v2/\(address.repository)/blobs/\(address.digest)"
            + "?registry=\(address.place.account).\(address.place.region)"
            + "&expires=\(calendar(address.expiresAt).milliseconds / 1000)"
            + "&signature=\(signature(of: address))"
    }

    private func signature(of address: LayerAddress) -> String {
        let seconds = calendar(address.expiresAt).milliseconds / 1000
        return seal(
            "layer",
            [
                address.place.account, address.place.region, address.repository, address.digest,
                String(seconds),
            ].joined(separator: " "))
    }

    /// Reads the query of an address that `GetDownloadUrlForLayer` gave out.
    ///
    /// - Parameters:
    ///   - query: What stands behind the question mark.
    ///   - repository: From the path, as is the digest.
    /// - Returns: `nil` for what this cloud has not given out, and after an hour.
    public func layerAddress(
        query: String, repository: String, digest: String
    ) -> LayerAddress? {
        var fields: [Substring: Substring] = [:]
        for part in query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { fields[pair[0]] = pair[1] }
        }
        let registry = (fields["registry"] ?? "").split(separator: ".", maxSplits: 1)
        guard registry.count == 2, let seconds = Int64(fields["expires"] ?? ""),
            (0...Int64(1) << 33).contains(seconds), seconds * 1000 >= epoch.milliseconds
        else { return nil }
        let start = seconds * 1000 - epoch.milliseconds
        let address = LayerAddress(
            place: Place(account: String(registry[0]), region: String(registry[1])),
            repository: repository, digest: digest,
            expiresAt: .start + Duration(nanoseconds: start * 1_000_000))
        guard fields["signature"].map(String.init) == signature(of: address),
            now <= address.expiresAt
        else { return nil }
        return address
    }

    /// The bytes of a layer that came by `UploadLayerPart`; `nil` for any other.
    public func layerBytes(_ digest: String) -> [UInt8]? { registry.bytes[digest] }
}
