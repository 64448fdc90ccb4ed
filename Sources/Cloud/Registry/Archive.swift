import CloudAPI
import Simulation

extension Chance.Purpose {
    static let imageRestore = Chance.Purpose("imageRestore")
}

extension Registry {
    /// Where the bytes of an image lie. Only one that is active can be pulled.
    /// Source: ecr.md section 17.
    public enum Storage: String, Sendable, Codable {
        case active = "ACTIVE"
        case archived = "ARCHIVED"
        /// On its way back from the archive.
        case activating = "ACTIVATING"
    }
}

extension Cloud {
    mutating func archive(_ id: ImageID) {
        registry.images[id].storage = .archived
        registry.images[id].archivedAt = now
        record(.registry(.repositoryChanged(registry.images[id].repository)))
    }

    /// Begins to bring an image back.
    mutating func restore(_ id: ImageID) {
        registry.images[id].storage = .activating
        let wait = chance.draw(timing.imageRestore, for: .imageRestore, of: UInt64(id.rawValue))
        schedule(.restoreEnds(id), after: wait)
    }

    mutating func endRestore(of id: ImageID) {
        guard registry.images[id].storage == .activating, !registry.images[id].isDeleted else {
            return
        }
        registry.images[id].storage = .active
        registry.images[id].activatedAt = now
        record(.registry(.repositoryChanged(registry.images[id].repository)))
        planLifecycle(of: registry.images[id].repository)
    }
}

extension ECR.ImageStatusFilter? {
    /// Source: ecr.md section 8.1: active ones unless something else is asked for.
    func includes(_ storage: Registry.Storage) -> Bool {
        guard let self else { return storage == .active }
        return self == .any || self.rawValue == storage.rawValue
    }
}
