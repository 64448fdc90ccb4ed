import CloudAPI
import Simulation

extension Registry {
    /// What is set for all repositories of a place.
    struct Settings: Sendable, Codable {
        var policy: String?
        var replication: Wired<ECR.ReplicationConfiguration>?
        var scanning: Wired<ECR.RegistryScanningConfiguration>?
        var signing: Wired<ECR.SigningConfiguration>?
        /// By name, those that were set.
        var account = Index<String, String>()
        /// Principals whose pulls leave no trace, with the instant of their registration.
        var pullTimeExclusions = Index<String, Instant>()
        /// By prefix.
        var cacheRules = Index<String, Wired<ECR.PullThroughCacheRule>>()
        /// By prefix.
        var templates = Index<String, Wired<ECR.RepositoryCreationTemplate>>()
    }

    /// The account settings with their values, the one that holds at first in front.
    /// Source: the model, `PutAccountSetting`; which holds at first: assumed.
    static let accountSettings: [(name: String, values: [String])] = [
        ("BASIC_SCAN_TYPE_VERSION", ["AWS_NATIVE", "CLAIR"]),
        ("REGISTRY_POLICY_SCOPE", ["V2", "V1"]),
        ("BLOB_MOUNTING", ["DISABLED", "ENABLED"]),
    ]

    static func accountSetting(
        _ name: String
    ) throws(APIFailure) -> (name: String, values: [String]) {
        guard let known = accountSettings.first(where: { $0.name == name }) else {
            throw .registryParameter(
                "name",
                "Member must satisfy enum value set: ["
                    + accountSettings.map(\.name).joined(separator: ", ") + "]")
        }
        return known
    }

    /// One page of a list in ascending order of its keys.
    static func page<Value>(
        _ all: [(key: String, value: Value)], token: String?, size: Int?
    ) throws(APIFailure) -> (items: [(key: String, value: Value)], next: String?) {
        let size = try pageSize(size)
        var start = 0
        if let token {
            guard let page = PageToken(token) else {
                throw .registryParameter("nextToken", "Invalid token")
            }
            start = all.partition { $0.key > page.last }
        }
        let items = Array(all[start...].prefix(size))
        let hasMore = start + items.count < all.count
        return (items, hasMore ? items.last.map { PageToken(after: $0.key).text } : nil)
    }
}

extension Cloud {
    func registrySettings(of place: Place) -> Registry.Settings {
        registry.settings[place] ?? Registry.Settings()
    }
}
