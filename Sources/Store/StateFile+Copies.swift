import Cloud
import Foundation
import GRDB
import Simulation

extension StateFile {
    /// A copy of the whole file beside it, under a name that is not taken: `drydock.db.before-1`.
    public func copyAside() throws -> String {
        var number = 1
        while FileManager.default.fileExists(atPath: "\(path).before-\(number)") { number += 1 }
        let copy = "\(path).before-\(number)"
        try self.copy(to: copy)
        return copy
    }

    /// Forgets everything that came after a moment, which is where the file then ends.
    ///
    /// - Returns: The number of the last entry.
    public func cut(to moment: Moment, wallMilliseconds: Int64) throws -> Int {
        let instant = moment.cloud.now.sinceStart.nanoseconds
        let last: Int
        do {
            last = try queue.write { db in
                beginStory()
                for table in try Schema.tables(db)
                where try db.columns(in: table).contains(where: { $0.name == "at" }) {
                    try db.execute(sql: "DELETE FROM \(table) WHERE at > ?", arguments: [instant])
                }
                try Self.forgetHistory(after: moment, in: db)
                let last =
                    try Int.fetchOne(db, sql: "SELECT coalesce(max(number), 0) FROM journal") ?? 0
                try db.execute(
                    sql: "DELETE FROM versions WHERE first > ?", arguments: [last + 1])
                return last
            }
        } catch {
            throw StoreProblem.of(error, path)
        }
        try save(moment, after: last, wallMilliseconds: wallMilliseconds)
        return last
    }
}
