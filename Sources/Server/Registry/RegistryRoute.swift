import Cloud
import Foundation
import HTTPTypes

/// What a path under `/v2/` is about. Source: OCI Distribution Specification 1.1, "Endpoints".
enum RegistryRoute: Hashable, Sendable {
    case base
    case catalog
    case tags(String)
    case manifest(String, reference: String)
    case blob(String, digest: String)
    case uploads(String)
    case upload(String, id: String)
    case referrers(String, digest: String)

    /// - Parameter path: As sent. Nothing in it has been looked at yet but its form; names come
    ///   before anything else, so that `a/blobs/uploads/b/manifests/c` is a manifest.
    /// - Returns: `nil` for a path that no registry has.
    init?(_ path: String) {
        guard let decoded = path.removingPercentEncoding else { return nil }
        var parts = decoded.split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count >= 2, parts[0].isEmpty, parts[1] == "v2" else { return nil }
        parts.removeFirst(2)
        if parts.isEmpty || parts == [""] {
            self = .base
            return
        }
        if parts == ["_catalog"] {
            self = .catalog
            return
        }
        func name(_ count: Int) -> String { parts.dropLast(count).joined(separator: "/") }
        let (last, before) = (parts[parts.count - 1], parts.dropLast())
        switch (before.dropLast().last, before.last) {
        case (_?, "manifests"): self = .manifest(name(2), reference: last)
        case (_?, "referrers"): self = .referrers(name(2), digest: last)
        case (_?, "tags") where last == "list": self = .tags(name(2))
        case ("blobs", "uploads"):
            guard parts.count >= 4 else { return nil }
            self = last.isEmpty ? .uploads(name(3)) : .upload(name(3), id: last)
        case (_?, "blobs"):
            self = last == "uploads" ? .uploads(name(2)) : .blob(name(2), digest: last)
        default: return nil
        }
    }

    /// The repository; `nil` where it is about none.
    var repository: String? {
        switch self {
        case .base, .catalog: nil
        case .tags(let name), .manifest(let name, _), .blob(let name, _), .uploads(let name),
            .upload(let name, _), .referrers(let name, _):
            name
        }
    }

    /// The one kind of digest that ECR has: `sha256:` and 64 small hex digits.
    static func isDigest(_ text: String) -> Bool {
        let hex = text.utf8.dropFirst("sha256:".utf8.count)
        return text.hasPrefix("sha256:") && hex.count == 64
            && hex.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }
    }
}

/// What stands behind the question mark.
struct RegistryQuery: Sendable {
    private var fields: [String: String] = [:]

    /// A plus is a plus, as in media types, and no space.
    init(_ query: String) {
        for part in query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = String(pair[0]).removingPercentEncoding else { continue }
            fields[key] = pair.count == 2 ? String(pair[1]).removingPercentEncoding ?? "" : ""
        }
    }

    subscript(key: String) -> String? { fields[key] }
}

/// Which registry a host name means: `<account>.dkr.ecr.<region>.` and AWS's domain, or this
/// machine's.
struct RegistryHome: Hashable, Sendable {
    var account: String
    var region: String

    /// - Returns: `nil` for a name that says neither, such as `localhost`.
    init?(host: String) {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard labels.count >= 5, labels[1] == "dkr", labels[2] == "ecr",
            AccessKeys.isAccount(labels[0])
        else { return nil }
        let domain = labels[4...].joined(separator: ".")
        guard ["localhost", "amazonaws.com", "amazonaws.com.cn"].contains(domain) else {
            return nil
        }
        (account, region) = (labels[0], labels[3])
    }
}
