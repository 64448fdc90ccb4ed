import CloudAPI
import Digests
import Simulation

extension Cloud {
    /// Takes note of bytes that the edge has received and verified: a layer, or the configuration
    /// of an image. One that is known already stays; what a configuration says may come later.
    public mutating func acceptBlob(
        _ digest: String, _ blob: Registry.Blob, in repository: String, of account: String? = nil,
        as caller: Caller
    ) throws(APIFailure) {
        let id = try registry.find(
            repository, in: account, for: caller, to: ECR.CompleteLayerUpload.name)
        var known = registry.repositories[id].blobs[digest] ?? blob
        known.configuration = blob.configuration ?? known.configuration
        registry.repositories[id].blobs[digest] = known
    }

    /// What is known of a blob; `nil` if it was not pushed to this repository.
    ///
    /// - Parameter action: What the caller means to do with it, as policies name it.
    public func blob(
        _ digest: String, in repository: String, of account: String? = nil, as caller: Caller,
        to action: String = ECR.BatchCheckLayerAvailability.name
    ) throws(APIFailure) -> Registry.Blob? {
        let id = try registry.find(repository, in: account, for: caller, to: action)
        return registry.repositories[id].blobs[digest]
    }

    /// Takes back what was said of a blob whose bytes could not be kept. No image has it yet.
    public mutating func dropBlob(_ digest: String, from repository: String, in place: Place) {
        guard let id = registry.repositoryIDs[PlacedName(repository, in: place)],
            registry.repositories[id].blobs[digest]?.uses == 0
        else { return }
        registry.repositories[id].blobs[digest] = nil
    }

    /// The digests of every blob and every manifest that some repository has.
    public func referencedDigests() -> Set<String> {
        var digests: Set<String> = []
        for repository in registry.repositories.values {
            digests.formUnion(repository.blobs.sorted.map(\.key))
            digests.formUnion(repository.images.map { registry.images[$0].digest })
        }
        return digests
    }
}

extension Registry {
    /// Makes the image that a manifest describes, without keeping it.
    ///
    /// - Throws: If a blob or an image that it names is not in the repository.
    func image(
        _ text: String, _ manifest: Manifest, in id: RepositoryID, at now: Instant
    ) throws(APIFailure) -> Image {
        let repository = repositories[id]
        let missing = manifest.blobs.filter { repository.blobs[$0] == nil }
        guard missing.isEmpty else { throw .layersNotFound(missing, in: repository) }
        let absent = manifest.children.filter { repository.imageByDigest[$0] == nil }
        guard absent.isEmpty else { throw .referencedImagesNotFound(absent, in: repository) }

        let children = manifest.children.compactMap { repository.imageByDigest[$0] }
        // What the edge has counted, not what the manifest claims. Source: ecr.md section 8.3.
        let size =
            children.isEmpty
            ? manifest.blobs.reduce(0) { $0 + (repository.blobs[$1]?.sizeBytes ?? 0) }
            : children.map { images[$0].sizeBytes }.max() ?? 0
        var configuration: ImageConfiguration?
        if let child = children.first {
            configuration = images[child].configuration
        } else if let digest = manifest.configurationDigest {
            configuration = try self.configuration(digest, in: repository)
        }
        return Image(
            repository: id, digest: SHA256.digest(of: text.utf8), manifest: text,
            mediaType: manifest.mediaType, artifactMediaType: manifest.artifactMediaType,
            subjectDigest: manifest.subjectDigest, sizeBytes: size,
            configuration: configuration ?? ImageConfiguration(), children: children, pushedAt: now)
    }

    /// What the configuration of an image says: as the edge has read it, or read from the bytes
    /// that came by `UploadLayerPart`.
    private func configuration(
        _ digest: String, in repository: Repository
    ) throws(APIFailure) -> ImageConfiguration? {
        if let known = repository.blobs[digest]?.configuration { return known }
        guard let bytes = bytes[digest] else { return nil }
        do {
            return try ImageConfiguration(json: bytes)
        } catch {
            throw .registryParameter("ImageManifest", error.description)
        }
    }

    mutating func add(_ image: Image, of manifest: Manifest) -> ImageID {
        let id = images.insert(image)
        noteImages(of: image.repository)
        repositories[image.repository].images.append(id)
        repositories[image.repository].imageByDigest[image.digest] = id
        for child in image.children { images[child].parents.append(id) }
        for blob in manifest.blobs { repositories[image.repository].blobs[blob]?.uses += 1 }
        if let subject = image.subjectDigest {
            repositories[image.repository].referrers[subject, default: []].append(id)
        }
        return id
    }

    /// Lets a tag point to an image. Whatever it pointed to before stays, perhaps untagged.
    /// Source: ecr.md section 7.6.
    mutating func point(_ tag: String, to id: ImageID) {
        let repository = images[id].repository
        if let before = repositories[repository].imageByTag[tag] {
            images[before].tags.removeAll { $0 == tag }
        }
        repositories[repository].imageByTag[tag] = id
        images[id].tags.append(tag)
        noteTags(of: repository)
    }

    mutating func untag(_ tag: String, in repository: RepositoryID) {
        guard let id = repositories[repository].imageByTag[tag] else { return }
        repositories[repository].imageByTag[tag] = nil
        images[id].tags.removeAll { $0 == tag }
        noteTags(of: repository)
    }

    mutating func delete(_ id: ImageID) {
        let image = images[id]
        noteImages(of: image.repository)
        if !image.tags.isEmpty { noteTags(of: image.repository) }
        for tag in image.tags { repositories[image.repository].imageByTag[tag] = nil }
        repositories[image.repository].imageByDigest[image.digest] = nil
        if let position = repositories[image.repository].images.position(of: id) {
            repositories[image.repository].images.remove(at: position)
        }
        for child in image.children { images[child].parents.removeAll { $0 == id } }
        let blobs = (try? Manifest(image.manifest, mediaType: image.mediaType).blobs) ?? []
        for blob in blobs { release(blob, in: image.repository) }
        if let subject = image.subjectDigest {
            repositories[image.repository].referrers[subject]?.removeAll { $0 == id }
        }
        images[id].tags = []
        images[id].manifest = ""
        images[id].isDeleted = true
    }

    private mutating func noteImages(of repository: RepositoryID) {
        turn += 1
        repositories[repository].imagesTurn = turn
    }

    private mutating func noteTags(of repository: RepositoryID) {
        turn += 1
        repositories[repository].tagsTurn = turn
    }
}

extension Registry {
    /// One image less is made of a blob. With the last one the repository loses it, too.
    /// Source: ecr.md section 6.5; that it happens at once: assumed.
    private mutating func release(_ digest: String, in repository: RepositoryID) {
        guard let uses = repositories[repository].blobs[digest]?.uses else { return }
        guard uses <= 1 else {
            repositories[repository].blobs[digest]?.uses = uses - 1
            return
        }
        repositories[repository].blobs[digest] = nil
        dropBytes(of: digest)
    }

    /// Forgets the bytes of a blob that no repository has any more.
    mutating func dropBytes(of digest: String) {
        guard bytes[digest] != nil,
            !repositories.values.contains(where: { $0.blobs[digest] != nil })
        else { return }
        bytes.forget(digest)
    }
}

extension Registry.Repository {
    /// Whether a tag that is there may be given to another image. Source: ecr.md section 10.3.
    func isMovable(_ tag: String) -> Bool {
        let isException = exclusions.contains { WildcardPattern($0).matches(tag) }
        switch mutability {
        case .mutable: return true
        case .immutable: return false
        case .mutableWithExclusion: return !isException
        case .immutableWithExclusion: return isException
        }
    }
}
