import Foundation
import GRDB

/// A state with all its images in one file, to be taken elsewhere.
///
/// It is a state file with one more table, `blobs`: the bytes of images in parts, since SQLite
/// holds a whole value in memory.
public enum StateParcel {
    private static let partBytes = 1 << 20

    /// Adds images to a copy of a state.
    ///
    /// - Parameter blobs: Digests, and the files that their bytes are in.
    public static func pack(_ blobs: [(digest: String, path: String)], into path: String) throws {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.write { db in
                try db.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS blobs (
                            digest TEXT NOT NULL,
                            part INTEGER NOT NULL,
                            bytes BLOB NOT NULL,
                            PRIMARY KEY (digest, part)
                        ) STRICT
                        """)
                for blob in blobs { try add(blob.digest, at: blob.path, to: db) }
            }
            try queue.writeWithoutTransaction { db in
                // One file, without what SQLite keeps beside it.
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    private static func add(_ digest: String, at path: String, to db: Database) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw StoreProblem(.unreadable, "The bytes of \(digest) are not in \(path).")
        }
        defer { try? file.close() }
        var part = 0
        while let bytes = try file.read(upToCount: partBytes), !bytes.isEmpty || part == 0 {
            try db.execute(
                sql: "INSERT OR REPLACE INTO blobs (digest, part, bytes) VALUES (?, ?, ?)",
                arguments: [digest, part, bytes])
            part += 1
            if bytes.isEmpty { break }
        }
    }

    /// Takes the images out again; the file is then a state like any other.
    ///
    /// - Parameter take: Given each blob's digest and its parts, one after the other.
    public static func unpack(
        _ path: String, _ take: (_ digest: String, _ parts: () throws -> Data?) throws -> Void
    ) throws {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.read { db in
                try Schema.check(db, path)
                guard try db.tableExists("blobs") else { return }
                for digest in try String.fetchAll(
                    db, sql: "SELECT DISTINCT digest FROM blobs ORDER BY digest")
                {
                    let parts = try Data.fetchCursor(
                        db, sql: "SELECT bytes FROM blobs WHERE digest = ? ORDER BY part",
                        arguments: [digest])
                    try take(digest) { try parts.next() }
                }
            }
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "DROP TABLE IF EXISTS blobs")
                try db.execute(sql: "VACUUM")
            }
            try queue.close()
        } catch {
            throw StoreProblem.of(error, path)
        }
    }
}
