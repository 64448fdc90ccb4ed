import Foundation
import GRDB

/// Brings a file of an older format up to date: on a copy, which takes the place of the file when
/// it is complete. The file as it was stays beside it.
enum Migration {
    /// What leads from a format to the next one, by the format that it starts from.
    static let steps: [Int: @Sendable (Database) throws -> Void] = [:]

    /// - Returns: Whether another file has taken its place.
    /// - Throws: A ``StoreProblem`` if the file is not ours, newer, or too old.
    @discardableResult
    static func bringUpToDate(
        _ path: String, by steps: [Int: @Sendable (Database) throws -> Void] = steps
    ) throws -> Bool {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int,
            size > 0
        else { return false }
        let queue = try DatabaseQueue(path: path)
        let format = try queue.read { db in
            if try Schema.isEmpty(db) { return Schema.format }
            return try Schema.format(db, path)
        }
        guard format < Schema.format else {
            if format > Schema.format { try queue.read { try Schema.check($0, path) } }
            return false
        }
        let copy = "\(path).migrating"
        try? FileManager.default.removeItem(atPath: copy)
        try queue.vacuum(into: copy)
        try queue.close()
        let migrated = try DatabaseQueue(path: copy)
        try migrated.write { db in
            for number in format..<Schema.format {
                guard let step = steps[number] else {
                    throw StoreProblem(
                        .unreadable,
                        "\(path) has the format \(number), which this version cannot bring up to "
                            + "date.")
                }
                try step(db)
                try db.execute(sql: "PRAGMA user_version = \(number + 1)")
            }
        }
        try migrated.close()
        let old = "\(path).format-\(format)"
        // At no moment is there no file under the name.
        guard link(path, old) == 0 || errno == EEXIST, rename(copy, path) == 0 else {
            throw StoreProblem(
                .unwritable, "\(path) cannot be replaced: \(String(cString: strerror(errno))).")
        }
        return true
    }
}
