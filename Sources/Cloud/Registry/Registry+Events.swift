import Simulation

extension Registry {
    public enum Event: Hashable, Codable, Sendable, BitwiseCopyable {
        case scanEnds(ImageID)
        /// The policy of a repository acts. The turn counts what was planned: a later plan cancels
        /// an earlier one.
        case evaluatesLifecycle(RepositoryID, turn: UInt32)
        case previewEnds(RepositoryID, turn: UInt32)
        /// An image is back from the archive.
        case restoreEnds(ImageID)
        /// An image arrives at one of its destinations.
        case replicationEnds(ImageID, destination: UInt16)
    }

    public enum Fact: Hashable, Sendable, BitwiseCopyable {
        /// A repository is new, or its settings, images or tags are no longer what they were.
        case repositoryChanged(RepositoryID)
        /// Images are gone, and with them perhaps the last reference to a blob.
        case imagesDeleted(RepositoryID)
        case repositoryDeleted(RepositoryID)
    }
}

extension Cloud {
    mutating func carryOut(_ event: Registry.Event) {
        switch event {
        case .scanEnds(let id): endScan(of: id)
        case .evaluatesLifecycle(let id, let turn): evaluateLifecycle(of: id, turn: turn)
        case .previewEnds(let id, let turn): endPreview(in: id, turn: turn)
        case .restoreEnds(let id): endRestore(of: id)
        case .replicationEnds(let id, let index): endReplication(of: id, to: index)
        }
    }
}
