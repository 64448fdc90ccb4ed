import Foundation

/// The few things that the store of images does with files. All of them block.
enum Disk {
    /// What could not be done with which file, and why.
    struct Failure: Error, CustomStringConvertible {
        let what: String
        let path: String
        let number: Int32

        init(_ what: String, _ path: String, _ number: Int32 = errno) {
            (self.what, self.path, self.number) = (what, path, number)
        }

        var isFull: Bool { number == ENOSPC || number == EDQUOT }
        var description: String { "Cannot \(what) \(path): \(String(cString: strerror(number)))." }
    }

    /// Makes a folder, and those above it that are missing.
    static func makeFolder(_ path: String) throws(Failure) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        let above = path.split(separator: "/").dropLast().joined(separator: "/")
        guard errno == ENOENT, !above.isEmpty else { throw Failure("make the folder", path) }
        try makeFolder((path.hasPrefix("/") ? "/" : "") + above)
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw Failure("make the folder", path) }
    }

    /// - Returns: A descriptor to write at the file's end.
    static func open(_ path: String, isNew: Bool) throws(Failure) -> Int32 {
        let flags = O_WRONLY | O_APPEND | O_CLOEXEC | (isNew ? O_CREAT | O_EXCL : 0)
        let descriptor = Foundation.open(path, flags, 0o600)
        guard descriptor >= 0 else { throw Failure("open", path) }
        return descriptor
    }

    static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at path: String
    ) throws(Failure) {
        var rest = bytes
        while let start = rest.baseAddress, rest.count > 0 {
            let count = Foundation.write(descriptor, start, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure("write to", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Returns once what was written is on the disk and not only on its way.
    static func sync(_ descriptor: Int32, at path: String) throws(Failure) {
        guard fsync(descriptor) == 0 else { throw Failure("write to", path) }
    }

    /// The same for the names in a folder.
    static func syncFolder(_ path: String) throws(Failure) {
        let descriptor = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("open", path) }
        defer { close(descriptor) }
        try sync(descriptor, at: path)
    }

    /// What stood at `new` is replaced, in one step.
    static func rename(_ old: String, to new: String) throws(Failure) {
        guard Foundation.rename(old, new) == 0 else { throw Failure("move", old) }
    }

    /// One that is not there is removed already.
    static func remove(_ path: String) { unlink(path) }

    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// In bytes; `nil` if there is no such file.
    static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Writes a file whole or not at all, even if the machine stops in the middle.
    static func replace(
        _ path: String, with bytes: some Sequence<UInt8>, by way: String
    ) throws(Failure) {
        remove(way)
        let descriptor = try open(way, isNew: true)
        defer { close(descriptor) }
        let content = Array(bytes)
        var failure: Failure?
        content.withUnsafeBytes { raw in
            do throws(Failure) {
                try write(raw, to: descriptor, at: way)
                try sync(descriptor, at: way)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        try rename(way, to: path)
    }

    /// Waits for nobody: `false` if somebody else has it. It is free again when its holder ends,
    /// however that comes about.
    static func lock(_ descriptor: Int32) -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
