import CloudAPI

extension Registry {
    /// Where upstream registries are, by their hosts. Source: the API reference,
    /// `CreatePullThroughCacheRule`; which kinds there are: ecr.md section 15.1.
    static func upstream(of url: String, in place: Place) -> ECR.UpstreamRegistry? {
        switch url {
        case "public.ecr.aws": .ecrPublic
        case "quay.io": .quay
        case "registry.k8s.io": .k8s
        case "registry-1.docker.io": .dockerHub
        case "ghcr.io": .githubContainerRegistry
        case "registry.gitlab.com": .gitlabContainerRegistry
        case "cgr.dev": .chainguard
        case _ where url.hasSuffix(".azurecr.io"): .azureContainerRegistry
        case _ where url.contains(".dkr.ecr.") && url.hasSuffix(".amazonaws.com"): .ecr
        default: nil
        }
    }

    /// Upstreams that want a secret. Source: the API reference, `CreatePullThroughCacheRule`.
    static let upstreamsWithSecret: [ECR.UpstreamRegistry] = [
        .dockerHub, .githubContainerRegistry, .azureContainerRegistry, .gitlabContainerRegistry,
        .chainguard,
    ]

    /// `ROOT`, or the beginning of a repository's name. Source: the model.
    static func checkPrefix(
        _ prefix: String, of field: String, from least: Int, to most: Int
    ) throws(APIFailure) {
        if prefix == "ROOT" { return }
        guard (least...most).contains(prefix.utf8.count) else {
            throw .registryParameter(
                field, "Member must have length between \(least) and \(most)")
        }
        let name = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        // A name has two characters at least, a prefix may have one.
        do {
            try checkName(name.utf8.count == 1 ? name + name : name)
        } catch {
            throw .registryParameter(
                field,
                "must satisfy regular expression '^([a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*"
                    + "(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*\\/?|ROOT)$'")
        }
    }

    /// The rule of a prefix. Drydock has no upstreams to ask.
    func cacheRule(
        _ prefix: String, in registryId: String?, for caller: Caller
    ) throws(APIFailure) -> ECR.PullThroughCacheRule {
        let account = try Self.account(registryId, for: caller)
        guard account == caller.place.account,
            let rule = settings[caller.place]?.cacheRules[prefix]
        else { throw .cacheRuleNotFound }
        return rule.shape
    }
}
