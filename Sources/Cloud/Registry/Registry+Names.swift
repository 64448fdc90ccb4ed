import Digests
import Simulation

/// Source of the forms: ecr.md section 1.3.
extension Cloud {
    public func arn(_ id: RepositoryID) -> String {
        let repository = registry.repositories[id]
        let place = repository.place
        return "arn:aws:ecr:\(place.region):\(place.account):repository/\(repository.name)"
    }

    /// What docker calls the repository, without a tag.
    public func repositoryURI(_ id: RepositoryID) -> String {
        let repository = registry.repositories[id]
        return "\(registryHostName(of: repository.place))/\(repository.name)"
    }

    /// Under which host docker reaches every registry, such as `localhost:4566`; `nil`: each under
    /// AWS's name for it. `<account>` and `<region>` in it stand for those of the registry.
    public var registryHost: String? {
        get { registry.host }
        set { registry.host = newValue }
    }

    func registryHostName(of place: Place) -> String {
        guard let host = registry.host else {
            return "\(place.account).dkr.ecr.\(place.region).amazonaws.com"
        }
        guard host.contains("<") else { return host }
        return host.split(separator: ".", omittingEmptySubsequences: false).map { label in
            switch label {
            case "<account>": place.account
            case "<region>": place.region
            default: String(label)
            }
        }.joined(separator: ".")
    }
}

extension Registry {
    /// The key that AWS manages for ECR in a place. Its id looks like a UUID and is always the
    /// same.
    static func managedKey(in place: Place) -> String {
        let hex = Array(SHA256.hex(of: "aws/ecr \(place.account) \(place.region)".utf8).utf8)
        let parts = [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]]
        let id = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        return "arn:aws:kms:\(place.region):\(place.account):key/\(id)"
    }
}
