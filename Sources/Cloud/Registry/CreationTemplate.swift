import CloudAPI
import Simulation

extension Registry {
    /// The template that a new repository of this name is made by: the one with the longest prefix,
    /// `ROOT` if no other fits. Source: ecr.md section 16.1.
    func template(
        for name: String, in place: Place, made reason: ECR.RCTAppliedFor
    ) -> ECR.RepositoryCreationTemplate? {
        let fitting = (settings[place]?.templates.sorted ?? []).filter { prefix, template in
            guard template.shape.appliedFor?.contains(reason) == true else { return false }
            let start = prefix.hasSuffix("/") ? prefix : prefix + "/"
            return prefix == "ROOT" || name.hasPrefix(start)
        }
        let named = fitting.filter { $0.key != "ROOT" }
        return (named.max { $0.key.utf8.count < $1.key.utf8.count } ?? fitting.first)?.value.shape
    }

    @discardableResult
    mutating func add(_ repository: Repository) -> RepositoryID {
        let id = repositories.insert(repository)
        repositoryIDs[PlacedName(repository.name, in: repository.place)] = id
        repositoriesByPlace[repository.place, default: []].append(id)
        return id
    }
}

extension Cloud {
    /// Makes a repository that nobody asked for by name, as a template says or with the defaults.
    mutating func addRepository(
        _ name: String, in place: Place, for reason: ECR.RCTAppliedFor
    ) -> RepositoryID {
        var repository = Registry.Repository(place: place, name: name, createdAt: now)
        guard let template = registry.template(for: name, in: place, made: reason) else {
            return noted(registry.add(repository))
        }
        let mode = template.imageTagMutability.flatMap {
            Registry.Repository.Mutability(rawValue: $0.rawValue)
        }
        repository.mutability = mode ?? .mutable
        repository.exclusions = (template.imageTagMutabilityExclusionFilters ?? []).compactMap(
            \.filter)
        let encryption = template.encryptionConfiguration
        repository.encryption = encryption?.encryptionType?.rawValue ?? repository.encryption
        if repository.encryption != "AES256" {
            repository.kmsKey = encryption?.kmsKey ?? Registry.managedKey(in: place)
        }
        repository.policy = template.repositoryPolicy
        repository.lifecyclePolicy = template.lifecyclePolicy
        repository.lifecycle.startedAt = now
        repository.tags = (template.resourceTags ?? []).map {
            ResourceTag($0.key ?? "", $0.value ?? "")
        }
        return noted(registry.add(repository))
    }

    private mutating func noted(_ id: RepositoryID) -> RepositoryID {
        record(.registry(.repositoryChanged(id)))
        return id
    }

    /// Makes the repository that docker pushes to, if it is missing and a template says so.
    ///
    /// - Returns: Whether the repository is there now. Source: ecr.md section 16.2.
    @discardableResult
    public mutating func createOnPush(_ name: String, as caller: Caller) -> Bool {
        facts.removeAll(keepingCapacity: true)
        if registry.repositoryIDs[PlacedName(name, in: caller.place)] != nil { return true }
        guard
            registry.template(for: name, in: caller.place, made: .createOnPush) != nil,
            (try? Registry.checkName(name)) != nil
        else { return false }
        _ = addRepository(name, in: caller.place, for: .createOnPush)
        return true
    }
}
