import Cloud
import CloudAPI
import Simulation

extension Cloud {
    func registryPortraits(of place: Place) -> [Portrait] {
        registry.repositories.filter { $0.value.place == place }.map { _, repository in
            var portrait = Portrait(.repository, repository.name, madeAt: repository.createdAt)
            portrait.add("imageTagMutability", repository.mutability.rawValue)
            portrait.add("scanOnPush", repository.scansOnPush)
            portrait.add(document: "policy", repository.policy)
            portrait.add(document: "lifecyclePolicy", repository.lifecyclePolicy)
            portrait.add(tags: repository.tags)
            for id in repository.images {
                let image = registry.images[id]
                let name = imageName(of: id)
                portrait.add(oneOf: "image", name)
                for tag in image.tags { portrait.add(":\(tag)", name) }
            }
            return portrait
        }
    }

    /// `"v2 (sha256:0123456789ab)"`
    private func imageName(of id: ImageID) -> String {
        let image = registry.images[id]
        let digest = "sha256:\(Self.short(image.digest))"
        return image.configuration.profile.version.map { "\($0) (\(digest))" } ?? digest
    }

    func identityPortraits(of account: String) -> [Portrait] {
        var portraits: [Portrait] = []
        for (_, role) in identity.roles where role.account == account {
            var portrait = Portrait(.role, role.name, madeAt: role.createdAt)
            portrait.add(document: "trustPolicy", role.trustPolicy.text)
            for policy in role.attachedPolicies {
                portrait.add(
                    oneOf: "attached policy", policy.split(separator: "/").last.map(String.init)!)
            }
            for policy in role.inlinePolicies {
                portrait.add(document: "inline policy \(policy.name)", policy.document.text)
            }
            portrait.add(tags: role.tags)
            portraits.append(portrait)
        }
        for (_, policy) in identity.policies where policy.account == account {
            var portrait = Portrait(.policy, policy.name, madeAt: policy.createdAt)
            portrait.add("defaultVersion", "v\(policy.defaultVersion)")
            portrait.add(tags: policy.tags)
            portraits.append(portrait)
        }
        return portraits
    }

    func logPortraits(of place: Place) -> [Portrait] {
        logs.groups.filter { $0.value.place == place }.map { _, group in
            var portrait = Portrait(.logGroup, group.name, madeAt: group.createdAt)
            portrait.add("retentionInDays", group.retentionDays)
            portrait.add("streams", group.streams.count)
            portrait.add(tags: group.tags)
            return portrait
        }
    }
}
