import Cloud
import CloudAPI
import Simulation

/// What the store of images and the cloud have to do in one step.
extension World {
    // MARK: what is no longer needed

    /// Takes notice of what has happened to repositories. To be called when something has.
    func tellStore() {
        for case .registry(let fact) in live.cloud.facts {
            switch fact {
            case .repositoryChanged(let id):
                guard catalog.isUsed, let repository = live.cloud.registry.repositories.find(id)
                else { continue }
                catalogFiles[id] = CatalogEntry.file(
                    repository.place.account, repository.place.region, repository.name)
                unsaved.insert(id)
            case .imagesDeleted: isSweepDue = true
            case .repositoryDeleted(let id):
                isSweepDue = true
                if catalog.isUsed { unsaved.insert(id) }
            }
        }
        if !isTidying, isSweepDue || !unsaved.isEmpty {
            isTidying = true
            Task { await tidy() }
        }
    }

    /// Saves, and removes what nobody needs any more. What it finds nothing to do for was done by
    /// whoever waits for it; time alone changes repositories, too.
    private func tidy() async {
        isTidying = false
        try? await catalog.save(self)
        guard isSweepDue else { return }
        isSweepDue = false
        let gone = blobs.sweep(
            keeping: live.cloud.referencedDigests(), uploads: live.cloud.openUploads)
        if !gone.isEmpty { try? await BlobStore.away { for path in gone { Disk.remove(path) } } }
    }

    /// Makes room when everything was thrown away.
    func forgetImages() {
        for file in catalogFiles.values { discarded.insert(file) }
        (catalogFiles, unsaved) = ([:], [])
        isSweepDue = true
        if !isTidying {
            isTidying = true
            Task { await tidy() }
        }
    }

    // MARK: what has to be written down

    func takeUnsaved() -> [CatalogEntry] {
        var entries: [CatalogEntry] = discarded.sorted().map { .gone(file: $0) }
        discarded = []
        for id in unsaved.sorted() {
            if live.cloud.registry.repositories.contains(id) {
                entries.append(.kept(file: catalogFiles[id]!, live.cloud.saved(id)))
            } else if let file = catalogFiles.removeValue(forKey: id) {
                entries.insert(.gone(file: file), at: 0)
            }
        }
        unsaved = []
        return entries
    }

    func putBack(_ entries: [CatalogEntry]) {
        for entry in entries {
            switch entry {
            case .gone(let file): discarded.insert(file)
            case .kept(let file, _):
                for (id, known) in catalogFiles where known == file { unsaved.insert(id) }
            }
        }
    }

    // MARK: what was written down

    /// Gives the cloud the repositories and images that the store has kept.
    ///
    /// - Returns: A sentence about each thing that is not as it was.
    func restoreImages() -> [String] {
        var (repositories, problems) = ImageCatalog.read(blobs)
        for saved in repositories {
            let left = live.cloud.restore(
                saved, manifest: { manifest(of: $0) },
                configuration: { configuration($1, of: $0, in: saved.name) })
            problems += left.map {
                "Of the image \(saved.name)@\($0) something is missing; it is left out."
            }
        }
        for (id, repository) in live.cloud.registry.repositories {
            catalogFiles[id] = CatalogEntry.file(
                repository.place.account, repository.place.region, repository.name)
        }
        for path in blobs.sweep(keeping: live.cloud.referencedDigests(), uploads: []) {
            Disk.remove(path)
        }
        return problems
    }

    /// - Returns: `nil` also if a blob of the image is missing.
    private func manifest(of image: Registry.SavedImage) -> String? {
        guard image.blobs.allSatisfy({ blobs.sizeBytes(ofBlob: $0.digest) == $0.sizeBytes }),
            let bytes = blobs.contents(image.digest, atMost: ReceivedManifest.mostBytes)
        else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private func configuration(
        _ digest: String, of image: Registry.SavedImage, in repository: String
    ) -> Registry.ImageConfiguration? {
        guard digest == image.blobs.first?.digest,
            let bytes = blobs.contents(
                digest, atMost: Registry.ImageConfiguration.mostBytes)
        else { return nil }
        return try? Registry.ImageConfiguration(
            json: bytes,
            labels: settings.profiles.labels(
                of: repository, tags: image.tags, digest: image.digest))
    }
}
