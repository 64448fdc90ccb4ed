/// What the docker stand-in asks of the server that it belongs to, and what it is told: the part of
/// the registry's protocol that matters. The bytes of layers come afterwards, by that protocol.
package struct DockerCall: Codable, Sendable {
    package enum Kind: String, Codable, Sendable { case login, push, pull }

    package var kind: Kind
    /// The registry's host, as the name of the image says it.
    package var registry: String
    /// What `aws ecr get-login-password` gave.
    package var password: String
    package var repository = ""
    /// What to push or pull.
    package var tag: String?
    package var digest: String?
    package var image: Image?

    /// An image as it is pushed.
    package struct Image: Codable, Sendable, Hashable {
        package struct Layer: Codable, Sendable, Hashable {
            package var digest: String
            /// How much it counts for in the cloud, which may be more than there is of it.
            package var sizeBytes: Int
            package init(digest: String, sizeBytes: Int) {
                (self.digest, self.sizeBytes) = (digest, sizeBytes)
            }
        }
        package var layers: [Layer]
        package var configuration: String
        package var manifest: String
        /// Of one that was pulled: the repository that has what it is made of, as `"host/web"`.
        package var source: String?
        package init(
            layers: [Layer], configuration: String, manifest: String, source: String? = nil
        ) {
            (self.layers, self.configuration) = (layers, configuration)
            (self.manifest, self.source) = (manifest, source)
        }
    }

    package init(_ kind: Kind, registry: String, password: String) {
        (self.kind, self.registry, self.password) = (kind, registry, password)
    }
}

package struct DockerAnswer: Codable, Sendable {
    /// Why not, as docker prints it; `nil` if all is well.
    package var problem: String?
    /// Of the image's manifest.
    package var digest: String?
    /// What the image is made of and nobody has brought yet.
    package var missing: [String]?
    /// Of an image that is pulled.
    package var manifest: String?
    package var architecture: String?
    package var labels: [String: String]?
    package var sizeBytes: Int?
}
