import Foundation

/// A folder with images: what lies where in it.
///
///     drydock-images     says that the folder is one of these; locked by the server that uses it
///     blobs/             one file for each digest: layers, configurations, manifests
///     repositories/      one file for each repository: what is in it
///     uploads/           on its way in; worthless once nobody is at it any more
///     trash/             on its way out
final class BlobFolder: Sendable {
    static let mark = "drydock-images"
    /// The first line of the mark.
    private static let format = "Drydock images 1\n"

    let path: String
    private let lock: Int32
    /// Whether it goes when the server does.
    private let isPassing: Bool

    var blobs: String { path + "/blobs" }
    var repositories: String { path + "/repositories" }
    var uploads: String { path + "/uploads" }
    var trash: String { path + "/trash" }

    /// Opens a folder that stays, and makes it if it is not there.
    ///
    /// - Throws: A ``DrydockServer/Problem`` if it is something else's, or in use.
    init(at path: String) throws {
        let others = Disk.names(in: path)
        guard others.isEmpty || others.contains(Self.mark) else {
            throw DrydockServer.Problem(
                description: "The folder \(path) has other things in it; name an empty one for the "
                    + "images, or one that is not there yet.")
        }
        try Disk.makeFolder(path)
        self.path = path
        isPassing = false
        lock = try Self.take(path)
        try makeFolders()
        for folder in [uploads, trash] {
            for name in Disk.names(in: folder) { Disk.remove("\(folder)/\(name)") }
        }
    }

    /// Makes a folder of its own, and removes those of servers that did not come to it.
    init(passingIn place: String) throws {
        var template = Array("\(place)/\(Self.mark)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Disk.Failure("make a folder in", place)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        isPassing = true
        lock = try Self.take(path)
        try makeFolders()
        Self.sweep(place)
    }

    private static func take(_ path: String) throws -> Int32 {
        let mark = path + "/" + Self.mark
        let descriptor = open(mark, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Disk.Failure("open", mark) }
        guard Disk.lock(descriptor) else {
            Foundation.close(descriptor)
            throw DrydockServer.Problem(
                description: "The folder \(path) is in use by another server; name another one, or "
                    + "stop that server.")
        }
        var written = [UInt8](repeating: 0, count: 64)
        let count = pread(descriptor, &written, written.count, 0)
        let text = String(decoding: written.prefix(max(0, count)), as: UTF8.self)
        if text.isEmpty {
            _ = format.withCString { pwrite(descriptor, $0, format.utf8.count, 0) }
        } else if text != format {
            Foundation.close(descriptor)
            throw DrydockServer.Problem(
                description: "The images in \(path) were written by another version of Drydock; "
                    + "name an empty folder.")
        }
        return descriptor
    }

    private func makeFolders() throws {
        for folder in [blobs, repositories, uploads, trash] { try Disk.makeFolder(folder) }
    }

    /// Removes what servers have left behind that were ended by force: nobody has their locks.
    private static func sweep(_ place: String) {
        for name in Disk.names(in: place) where name.hasPrefix(mark + "-") {
            let path = "\(place)/\(name)"
            let descriptor = open("\(path)/\(mark)", O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { Foundation.close(descriptor) }
            // One that is just being made may not have its lock yet.
            let made = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
            guard let made = made as? Date, made.timeIntervalSinceNow < -60, isOurs(descriptor),
                Disk.lock(descriptor)
            else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private static func isOurs(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_uid == getuid()
    }

    /// Lets go of the folder.
    func close() {
        if isPassing { try? FileManager.default.removeItem(atPath: path) }
        _ = Foundation.close(lock)
    }
}
