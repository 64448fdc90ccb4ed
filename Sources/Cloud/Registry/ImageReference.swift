/// An image as a task definition names it: `registry/repository:tag@digest`.
public struct ImageReference: Hashable, Sendable, Codable {
    public enum Registry: Hashable, Sendable, Codable {
        /// A private repository of ECR; a part that is not in the text is the caller's.
        case ecr(account: String?, region: String?)
        /// Any other, by its host: `"docker.io"`, `"public.ecr.aws"`.
        case other(String)
    }

    public let text: String
    public var registry: Registry
    public var repository: String
    /// `"latest"` if the text has neither tag nor digest.
    public var tag: String?
    public var digest: String?

    /// Reads AWS's form (`A.dkr.ecr.R.amazonaws.com/name`), Drydock's own (`localhost:4566/name`,
    /// `A.dkr.ecr.R.localhost:4566/name`) and those of other registries.
    public init(_ text: String) {
        self.text = text
        var rest = text[...]
        if let at = rest.firstIndex(of: "@") {
            digest = String(rest[rest.index(after: at)...])
            rest = rest[..<at]
        }
        let slash = rest.lastIndex(of: "/") ?? rest.startIndex
        if let colon = rest[slash...].firstIndex(of: ":") {
            tag = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
        }
        if tag == nil, digest == nil { tag = "latest" }

        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let host = parts.count == 2 ? parts[0] : ""
        // A first part is a host if it looks like one, as in the OCI reference grammar.
        guard host.contains(".") || host.contains(":") || host == "localhost" else {
            registry = .other("docker.io")
            repository = parts.count == 2 ? String(rest) : "library/\(rest)"
            return
        }
        repository = String(parts[1])
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let name = host.split(separator: ":")[0]
        if labels.count >= 5, labels[1] == "dkr", labels[2] == "ecr" {
            registry = .ecr(account: String(labels[0]), region: String(labels[3]))
        } else if name == "localhost" || name == "127.0.0.1" {
            registry = .ecr(account: nil, region: nil)
        } else {
            registry = .other(String(host))
        }
    }

    /// The host in the text; Docker Hub's if there is none.
    public var host: String {
        switch registry {
        case .other(let host): host
        case .ecr: String(text.split(separator: "/", maxSplits: 1)[0])
        }
    }
}
