import Cloud
import GRDB

/// What the history needs when a file is opened: after a kill its end is missing, and the journal
/// has it.
extension StateFile {
    struct StoredHistory {
        /// The number of the last fact that is written down and holds.
        var lastFact: Int
        /// The same of one that another version wrote, which may tell another story.
        var lastFactOfOther: Int
    }

    func storedHistory() throws -> StoredHistory {
        try queue.read { db in
            // What came before the file is in no file.
            let last =
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT max(
                            (SELECT coalesce(max(number), 0) FROM facts),
                            (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta
                                WHERE key = 'facts_before'))
                        """) ?? 0
            let version = try String.fetchOne(
                db, sql: "SELECT version FROM versions ORDER BY first DESC LIMIT 1")
            return version == Cloud.version
                ? StoredHistory(lastFact: last, lastFactOfOther: 0)
                : StoredHistory(lastFact: 0, lastFactOfOther: last)
        }
    }

    /// Writes down what the journal knows and the history does not.
    ///
    /// - Parameters:
    ///   - missed: What came about when the end of the journal was done again.
    ///   - notes: Told about what is missing for good.
    func complete(
        _ known: StoredHistory, with missed: HistoryNotes, until end: StateReader.Restored,
        _ notes: inout [String]
    ) throws -> HistoryWriter {
        let before = end.factsBefore
        let stored = max(known.lastFact, known.lastFactOfOther)
        if stored < before {
            notes.append(
                "Of the history in \(path), the facts \(stored + 1) to \(before) are missing.")
        }
        // What another version told, and this one tells otherwise, or what the journal does not
        // lead to.
        let kept = known.lastFactOfOther > 0 ? before : end.value.facts
        if stored > kept { try forgetFacts(after: kept) }

        // Whoever took the snapshot had written everything else down.
        if end.replayed == 0, stored == before {
            return HistoryWriter(self, written: end.value.cloud)
        }
        let writer = HistoryWriter(self)
        writer.add(HistoryWriter.Batch(missed, until: end.value, isLast: true))
        try writer.drain()
        return writer
    }

    /// Says that the history begins with what comes after a moment.
    static func noteBeginning(_ moment: Moment, in db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO meta (key, value) VALUES ('facts_before', ?)",
            arguments: ["\(moment.facts)"])
    }

    private func forgetFacts(after number: Int) throws {
        try queue.write { db in
            try db.execute(sql: "DELETE FROM facts WHERE number > ?", arguments: [number])
        }
    }

    /// Lets go of what happened after a moment, from which another story goes on.
    static func forgetHistory(after moment: Moment, in db: Database) throws {
        let containers = moment.cloud.containers
        let (task, deployment) = (
            containers.tasks.nextID.rawValue, containers.deployments.nextID.rawValue
        )
        try db.execute(sql: "DELETE FROM facts WHERE number > ?", arguments: [moment.facts])
        try db.execute(sql: "DELETE FROM task_records WHERE number >= ?", arguments: [task])
        try db.execute(sql: "DELETE FROM deployments WHERE number >= ?", arguments: [deployment])
        try db.execute(
            sql: "DELETE FROM deployment_windows WHERE deployment >= ?", arguments: [deployment])
    }
}
