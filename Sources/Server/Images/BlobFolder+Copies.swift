import Foundation

extension BlobFolder {
    /// The same between two folders that nobody uses now.
    static func link(from path: String, to other: String) throws {
        let folder = try BlobFolder(at: path)
        defer { folder.close() }
        try folder.link(to: other)
    }

    /// Gives another folder the same images. Where the disk can, both share the bytes.
    func link(to path: String) throws {
        let other = try BlobFolder(at: path)
        defer { other.close() }
        for name in Disk.names(in: blobs) {
            let (from, to) = ("\(blobs)/\(name)", "\(other.blobs)/\(name)")
            if Foundation.link(from, to) == 0 || errno == EEXIST { continue }
            try FileManager.default.copyItem(atPath: from, toPath: to)
        }
        try Disk.syncFolder(other.blobs)
    }
}
