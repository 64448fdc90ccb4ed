import Cloud
import Digests
import Foundation

/// What has to be written down of a repository, or taken out.
enum CatalogEntry: Sendable {
    case kept(file: String, Registry.SavedRepository)
    case gone(file: String)

    /// The file of a repository. Its name has a length and letters that every disk takes.
    static func file(_ account: String, _ region: String, _ name: String) -> String {
        SHA256.hex(of: "\(account) \(region) \(name)".utf8) + ".json"
    }
}

/// Keeps on the disk which repositories there are and what is in them, in a folder that stays.
///
/// Whoever has changed something saves it before saying that it is done.
actor ImageCatalog {
    private let blobs: BlobStore
    /// Where the whole cloud is kept, so are its repositories.
    nonisolated let isUsed: Bool
    /// The last save that has begun. Each waits for the one before, so that an older state never
    /// takes the place of a newer one.
    private var last: Task<Void, any Error>?

    init(_ blobs: BlobStore, isUsed: Bool = true) {
        self.blobs = blobs
        self.isUsed = isUsed && blobs.isDurable
    }

    /// Returns once everything is on the disk that had happened in the world before.
    ///
    /// - Throws: A ``Disk/Failure``; what could not be written is tried again with the next change.
    func save(_ world: World) async throws {
        guard isUsed else { return }
        let before = last
        let save = Task {
            _ = await before?.result
            let entries = await world.takeUnsaved()
            if entries.isEmpty { return }
            do {
                let blobs = blobs
                try await BlobStore.away { try Self.write(entries, in: blobs) }
            } catch {
                await world.putBack(entries)
                throw error
            }
        }
        last = save
        try await save.value
    }

    private static func write(_ entries: [CatalogEntry], in blobs: BlobStore) throws {
        guard let folder = blobs.folder else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        for entry in entries {
            switch entry {
            case .gone(let file): Disk.remove("\(folder.repositories)/\(file)")
            case .kept(let file, let repository):
                try Disk.replace(
                    "\(folder.repositories)/\(file)", with: try encoder.encode(repository),
                    by: "\(folder.uploads)/\(file)")
            }
        }
        try Disk.syncFolder(folder.repositories)
    }

    /// Reads what was written down, in the order of the files' names. Blocks.
    ///
    /// - Returns: Also a sentence about each file that makes no sense.
    static func read(_ blobs: BlobStore) -> (
        repositories: [Registry.SavedRepository], problems: [String]
    ) {
        guard blobs.isDurable, let folder = blobs.folder else { return ([], []) }
        var repositories: [Registry.SavedRepository] = []
        var problems: [String] = []
        for name in Disk.names(in: folder.repositories) {
            let path = "\(folder.repositories)/\(name)"
            do {
                let data = FileManager.default.contents(atPath: path) ?? Data()
                let repository = try JSONDecoder().decode(
                    Registry.SavedRepository.self, from: data)
                guard
                    name
                        == CatalogEntry.file(
                            repository.account, repository.region, repository.name)
                else { throw CocoaError(.fileReadCorruptFile) }
                repositories.append(repository)
            } catch {
                problems.append("\(path) makes no sense; what it describes is left out.")
            }
        }
        return (repositories, problems)
    }
}
