import CloudAPI
import Simulation

extension Chance.Purpose {
    static let replication = Chance.Purpose("replication")
}

extension Registry {
    /// A copy of an image in another registry. Source: ecr.md section 14.
    struct Replication: Sendable, Codable {
        enum Status: String, Sendable, Codable {
            case inProgress = "IN_PROGRESS"
            case complete = "COMPLETE"
            case failed = "FAILED"
        }

        let destination: Place
        var status = Status.inProgress
        var failureCode: String?
    }

    /// Where the rules of a registry send the images of a repository.
    func destinations(of id: RepositoryID) -> [Place] {
        let repository = repositories[id]
        var places: [Place] = []
        for rule in settings[repository.place]?.replication?.shape.rules ?? [] {
            let filters = rule.repositoryFilters ?? []
            let applies =
                filters.isEmpty || filters.contains { repository.name.hasPrefix($0.filter ?? "") }
            guard applies else { continue }
            for destination in rule.destinations ?? [] {
                let place = Place(
                    account: destination.registryId ?? "", region: destination.region ?? "")
                if !places.contains(place) { places.append(place) }
            }
        }
        return places
    }
}

extension Cloud {
    /// Begins to copy an image that was pushed to wherever the registry's rules say.
    mutating func replicate(_ id: ImageID) {
        for place in registry.destinations(of: registry.images[id].repository) {
            var index = registry.images[id].replications.firstIndex { $0.destination == place }
            if let index {
                registry.images[id].replications[index].status = .inProgress
            } else {
                index = registry.images[id].replications.count
                registry.images[id].replications.append(.init(destination: place))
            }
            let subject = UInt64(id.rawValue) << 8 | UInt64(index!)
            let wait = chance.draw(timing.replication, for: .replication, of: subject)
            schedule(.replicationEnds(id, destination: UInt16(index!)), after: wait)
        }
    }

    /// The copy arrives. It is not copied on from there: one hop only, section 14.3.
    mutating func endReplication(of id: ImageID, to index: UInt16) {
        let image = registry.images[id]
        guard !image.isDeleted, image.replications.indices.contains(Int(index)) else { return }
        let source = registry.repositories[image.repository]
        let place = image.replications[Int(index)].destination
        let target =
            registry.repositoryIDs[PlacedName(source.name, in: place)]
            ?? addRepository(source.name, in: place, for: .replication)
        do {
            for child in image.children { try copy(child, to: target) }
            let copied = try copy(id, to: target)
            for tag in image.tags { try point(tag, to: copied) }
            registry.images[id].replications[Int(index)].status = .complete
            planLifecycle(of: target)
            record(.registry(.repositoryChanged(target)))
        } catch {
            registry.images[id].replications[Int(index)].status = .failed
            registry.images[id].replications[Int(index)].failureCode = error.code
        }
    }

    private mutating func point(_ tag: String, to id: ImageID) throws(APIFailure) {
        let repository = registry.repositories[registry.images[id].repository]
        let before = repository.imageByTag[tag]
        guard before != id else { return }
        if before != nil, !repository.isMovable(tag) {
            throw .imageTagAlreadyExists(tag, in: repository.name)
        }
        registry.point(tag, to: id)
    }

    @discardableResult
    private mutating func copy(
        _ id: ImageID, to repository: RepositoryID
    ) throws(APIFailure) -> ImageID {
        let image = registry.images[id]
        if let known = registry.repositories[repository].imageByDigest[image.digest] {
            return known
        }
        let manifest = try Registry.Manifest(image.manifest, mediaType: image.mediaType)
        for digest in manifest.blobs {
            guard var blob = registry.repositories[image.repository].blobs[digest] else { continue }
            blob.uses = registry.repositories[repository].blobs[digest]?.uses ?? 0
            registry.repositories[repository].blobs[digest] = blob
        }
        let copy = try registry.image(image.manifest, manifest, in: repository, at: now)
        let copied = registry.add(copy, of: manifest)
        scanOnPush(copied)
        return copied
    }
}
