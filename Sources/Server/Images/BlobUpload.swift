import Digests
import Foundation
import NIOCore

/// Bytes on their way into the store: a file of its own, and their digest so far.
///
/// Belongs to one request at a time, which has claimed it from the ``BlobStore``. That is what
/// makes it safe to hand from thread to thread, although the compiler cannot see it.
final class BlobUpload: @unchecked Sendable {
    let path: String
    private(set) var sizeBytes = 0
    private var descriptor: Int32 = -1
    private var hash = RunningSHA256()
    private var isThere = false
    /// Whether what is in the file is no longer what was hashed.
    private(set) var isBroken = false

    init(at path: String) { self.path = path }

    /// Adds bytes at the end. Blocks.
    ///
    /// - Throws: A ``Disk/Failure``; the upload is then good for nothing.
    func append(_ buffers: [ByteBuffer]) throws {
        do {
            try open()
            for buffer in buffers {
                try buffer.withUnsafeReadableBytes { bytes in
                    hash.add(bytes)
                    try Disk.write(bytes, to: descriptor, at: path)
                }
                sizeBytes += buffer.readableBytes
            }
        } catch {
            isBroken = true
            throw error
        }
    }

    func append(_ bytes: [UInt8]) throws { try append([ByteBuffer(bytes: bytes)]) }

    /// Of what has come so far.
    var digest: String { hash.digest() }

    /// Waits until everything is on the disk. Blocks.
    func sync() throws {
        try open()
        try Disk.sync(descriptor, at: path)
    }

    private func open() throws {
        guard descriptor < 0 else { return }
        descriptor = try Disk.open(path, isNew: !isThere)
        isThere = true
    }

    /// Lets go of the file until the next bytes come: many uploads may be open for long.
    func pause() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    deinit { pause() }
}

/// Bytes that the store has, open to be read. They stay readable if they are removed meanwhile.
final class BlobFile: Sendable {
    let sizeBytes: Int
    private let descriptor: Int32

    /// - Returns: `nil` if there is no such file.
    init?(at path: String) {
        descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        // A descriptor that is open can be asked.
        precondition(fstat(descriptor, &status) == 0)
        sizeBytes = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Bytes from `offset` on, `count` at most. Blocks.
    func read(_ count: Int, from offset: Int) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
            while true {
                let got = pread(descriptor, space.baseAddress, count, off_t(offset))
                if got >= 0 { return got }
                if errno != EINTR { throw Disk.Failure("read", "a layer") }
            }
        }
        return buffer
    }
}
