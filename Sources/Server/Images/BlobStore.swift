import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// The bytes of layers, configurations and manifests: one file for each digest.
///
/// Bytes come in through a ``BlobUpload``. They get their place under their digest only when the
/// digest is known and, in a folder that stays, everything is on the disk; so whatever has a place
/// is whole, whenever the machine stops. What lies here is decided by the cloud: whoever gives a
/// blob a place or takes it away does so in the step in which the cloud takes note of it.
final class BlobStore: Sendable {
    /// Whether what is here outlives the server.
    let isDurable: Bool

    private struct State {
        var folder: BlobFolder?
        var uploads: [String: Entry] = [:]
        var filesNamed = 0
        var claims: UInt64 = 0
        /// The names of the files under `blobs`.
        var digests: Set<String> = []
    }

    private struct Entry {
        let upload: BlobUpload
        var isClaimed: Bool
        var lastClaim: UInt64
    }

    private let state = Mutex(State())
    private let place: String

    /// - Parameter path: A folder that stays; `nil`: one of its own, made when it is first needed
    ///   and removed at the end.
    /// - Throws: A ``DrydockServer/Problem`` or ``Disk/Failure`` if the folder cannot be used.
    init(_ path: String?) throws {
        isDurable = path != nil
        place = NSTemporaryDirectory()
        guard let path else { return }
        let folder = try BlobFolder(at: path)
        let digests = Set(Disk.names(in: folder.blobs))
        state.withLock { ($0.folder, $0.digests) = (folder, digests) }
    }

    /// Removes a folder that does not stay.
    func close() {
        state.withLock { state in
            state.folder?.close()
            state = State()
        }
    }

    /// The folder, if there is one by now.
    var folder: BlobFolder? { state.withLock { $0.folder } }

    private func folder(_ state: inout State) throws -> BlobFolder {
        if let folder = state.folder { return folder }
        let folder = try BlobFolder(passingIn: place)
        state.folder = folder
        return folder
    }

    private func newFile(_ state: inout State, in path: (BlobFolder) -> String) throws -> String {
        let folder = try folder(&state)
        state.filesNamed += 1
        return "\(path(folder))/\(state.filesNamed)"
    }

    // MARK: on their way in

    /// Bytes that nobody else can add to.
    func begin() throws -> BlobUpload {
        BlobUpload(at: try state.withLock { try newFile(&$0, in: \.uploads) })
    }

    /// The upload of this name, for one request alone, until it is released.
    ///
    /// - Returns: `nil` while another request has it.
    func claim(_ name: String) throws -> BlobUpload? {
        try state.withLock { state in
            state.claims += 1
            if let known = state.uploads[name] {
                guard !known.isClaimed else { return nil }
                state.uploads[name]?.isClaimed = true
                state.uploads[name]?.lastClaim = state.claims
                return known.upload
            }
            let upload = BlobUpload(at: try newFile(&state, in: \.uploads))
            state.uploads[name] = Entry(
                upload: upload, isClaimed: true, lastClaim: state.claims)
            return upload
        }
    }

    func release(_ name: String, _ upload: BlobUpload) {
        upload.pause()
        state.withLock { $0.uploads[name]?.isClaimed = false }
    }

    /// How much has come of an upload.
    func sizeBytes(of name: String) -> Int {
        state.withLock { $0.uploads[name]?.upload.sizeBytes ?? 0 }
    }

    /// Gives an upload up.
    func drop(_ name: String) {
        let entry = state.withLock { $0.uploads.removeValue(forKey: name) }
        if let entry { drop(entry.upload) }
    }

    func drop(_ upload: BlobUpload) { Disk.remove(upload.path) }

    /// The uploads that nobody has come back to for longest, all but so many.
    func abandoned(allBut most: Int) -> [String] {
        state.withLock { state in
            let idle = state.uploads.filter { !$0.value.isClaimed }
            guard idle.count > most else { return [] }
            return idle.sorted { $0.value.lastClaim < $1.value.lastClaim }
                .prefix(idle.count - most).map(\.key)
        }
    }

    // MARK: in their place

    /// Gives bytes their place. In one step with the cloud's taking note of them.
    func place(_ upload: BlobUpload, as digest: String, named name: String? = nil) throws {
        try state.withLock { state in
            let folder = try folder(&state)
            let file = Self.file(digest)
            if state.digests.contains(file) {
                Disk.remove(upload.path)
            } else {
                try Disk.rename(upload.path, to: "\(folder.blobs)/\(file)")
                state.digests.insert(file)
            }
            if let name { state.uploads[name] = nil }
        }
    }

    /// `sha256:0123...` lies in `0123...`; nothing else ever gets that far.
    private static func file(_ digest: String) -> String {
        String(digest.dropFirst("sha256:".utf8.count))
    }

    /// Waits until the places are on the disk, too. Blocks.
    func syncPlaces() throws {
        if isDurable, let folder { try Disk.syncFolder(folder.blobs) }
    }

    func open(_ digest: String) -> BlobFile? {
        guard let path = path(of: digest) else { return nil }
        return BlobFile(at: path)
    }

    func sizeBytes(ofBlob digest: String) -> Int? { path(of: digest).flatMap(Disk.size) }

    private func path(of digest: String) -> String? {
        state.withLock { state in
            let file = Self.file(digest)
            guard let folder = state.folder, state.digests.contains(file) else { return nil }
            return "\(folder.blobs)/\(file)"
        }
    }

    /// All bytes of a small blob; `nil` if it is not here, or larger. Blocks.
    func contents(_ digest: String, atMost most: Int) -> [UInt8]? {
        guard let file = open(digest), file.sizeBytes <= most else { return nil }
        var bytes: [UInt8] = []
        while bytes.count < file.sizeBytes {
            guard let more = try? file.read(file.sizeBytes - bytes.count, from: bytes.count),
                more.readableBytes > 0
            else { return nil }
            bytes += more.readableBytesView
        }
        return bytes
    }

    // MARK: on their way out

    /// Takes their place from all blobs but these, and gives up all uploads but these. In one step
    /// with the cloud's saying which.
    ///
    /// - Returns: The files to be removed, which may take a while.
    func sweep(keeping digests: Set<String>, uploads: Set<String>) -> [String] {
        state.withLock { state in
            guard let folder = state.folder else { return [] }
            let kept = Set(digests.map(Self.file))
            var gone: [String] = []
            for file in state.digests.subtracting(kept).sorted() {
                state.filesNamed += 1
                let path = "\(folder.trash)/\(state.filesNamed)"
                guard (try? Disk.rename("\(folder.blobs)/\(file)", to: path)) != nil else {
                    continue
                }
                state.digests.remove(file)
                gone.append(path)
            }
            for (name, entry) in state.uploads where !entry.isClaimed && !uploads.contains(name) {
                state.uploads[name] = nil
                gone.append(entry.upload.path)
            }
            return gone
        }
    }

    // MARK: threads

    /// Does something that blocks where it keeps nobody waiting.
    static func away<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}
