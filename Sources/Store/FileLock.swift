import Foundation
import Synchronization

/// A state file belongs to one server at a time. The lock goes with the process, however it ends.
///
/// It is one of `flock`, which SQLite does not use, on a descriptor that stays open for as long as
/// SQLite has the file: closing it earlier would take SQLite's own locks away.
final class FileLock: Sendable {
    private let descriptor: Int32
    private let isHeld = Mutex(true)

    /// - Throws: A ``StoreProblem`` if another process has the file, or it cannot be opened.
    init(_ path: String, isWritable: Bool) throws {
        let flags = isWritable ? O_RDWR | O_CREAT : O_RDONLY
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreProblem(
                .unwritable, "\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.owner(of: descriptor).map { " (process \($0))" } ?? ""
            close(descriptor)
            throw StoreProblem(
                .inUse,
                "\(path) is in use by another server\(owner); stop that one, or name another file "
                    + "with --state.")
        }
    }

    /// Lets others have the file.
    func release() {
        isHeld.withLock { isHeld in
            if isHeld { close(descriptor) }
            isHeld = false
        }
    }

    deinit { release() }

    /// The process that has the lock, as far as Linux tells it.
    private static func owner(of descriptor: Int32) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0,
            let data = FileManager.default.contents(atPath: "/proc/locks")
        else { return nil }
        // "1: FLOCK  ADVISORY  WRITE 4711 fe:01:12345 0 EOF"
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count > 5, fields[1] == "FLOCK", fields[5].hasSuffix(":\(status.st_ino)"),
                fields[4] != "-1"
            {
                return String(fields[4])
            }
        }
        return nil
    }
}
