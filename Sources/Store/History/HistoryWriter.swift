import Cloud
import Experiments
import GRDB
import Simulation
import Synchronization

/// Writes the history of a cloud into its file, behind the journal: in batches, and never what the
/// journal does not lead to.
///
/// What is added is written by whoever calls ``drain()`` next; nothing is written twice.
public final class HistoryWriter: Sendable {
    /// What has happened up to a moment.
    public struct Batch: Sendable {
        var notes: HistoryNotes
        /// The cloud after all of it.
        var moment: Moment
        /// Says in the journal that the cloud has come that far, unless another entry does.
        var clock: JournalEntry?
        /// Whether to look at every deployment, also those of which nothing was heard.
        var isLast: Bool

        public init(
            _ notes: HistoryNotes, until moment: Moment, clock: JournalEntry? = nil,
            isLast: Bool = false
        ) {
            self.notes = notes
            self.moment = moment
            self.clock = clock
            self.isLast = isLast
        }
    }

    /// Rows in one transaction: while it lasts, entries of the journal wait. The first time, when
    /// all tables are written anew, it is all of them, so that nobody sees half of it.
    private static let most = 500

    private let file: StateFile
    private let batches = Mutex<[Batch]>([])
    /// Held while something is being written.
    private let written = Mutex(Written())

    private struct Written {
        /// What there was when that was last written down; `nil`: nobody knows.
        var cloud: Cloud?
        /// Of the batch that was begun, what is left.
        var rows: ArraySlice<Row>?
    }

    /// Something to be done to a table.
    struct Row: Sendable {
        var sql: String
        var arguments: [DatabaseValue]
    }

    /// - Parameter cloud: As it stands in the tables; `nil`: that is not known.
    init(_ file: StateFile, written cloud: Cloud? = nil) {
        self.file = file
        written.withLock { $0.cloud = cloud }
    }

    public func add(_ batch: Batch) { batches.withLock { $0.append(batch) } }

    /// Writes everything that was added. Whoever calls this while it is going on waits.
    ///
    /// - Throws: A ``StoreProblem`` if it cannot be written; the next call goes on from there.
    public func drain() throws {
        try written.withLock { written in
            while let batch = batches.withLock({ $0.first }) {
                if written.rows == nil {
                    let rows = Self.rows(of: batch, since: written.cloud)
                    written.rows = rows[...]
                }
                while let rows = written.rows, !rows.isEmpty {
                    let next = written.cloud == nil ? rows : rows.prefix(Self.most)
                    try file.write(next)
                    written.rows = rows.dropFirst(next.count)
                }
                written.rows = nil
                written.cloud = batch.moment.cloud
                batches.withLock { if !$0.isEmpty { $0.removeFirst() } }
            }
        }
    }

    /// Gives up what was not yet written, because another story begins.
    ///
    /// - Parameter change: What happens to the file in between; nothing is being written meanwhile.
    public func restart<Failure: Error>(
        _ change: () throws(Failure) -> Void = {}
    ) throws(Failure) {
        batches.withLock { $0 = [] }
        try written.withLock { written throws(Failure) in
            written = Written()
            try change()
        }
    }

    // MARK: rows

    static func rows(of batch: Batch, since old: Cloud?) -> [Row] {
        let (notes, cloud) = (batch.notes, batch.moment.cloud)
        var rows: [Row] = []
        if let clock = batch.clock {
            rows.append(Row(sql: JournalEntry.insertionOfClock, arguments: clock.clockRow))
        }
        if old == nil {
            rows.append(
                Row(
                    sql: "INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)",
                    arguments: values([cloud.epoch.iso8601])))
        }
        rows += notes.facts.map {
            Row(sql: HistoryNotes.Noted.insertion, arguments: $0.row)
        }
        rows += notes.refusals.map {
            Row(sql: HistoryNotes.Refusal.insertion, arguments: $0.row)
        }
        rows += notes.reads.values.map {
            Row(sql: HistoryNotes.Reads.insertion, arguments: $0.row)
        }
        rows += stopped(notes)
        for table in ResourceTable.all {
            if old == nil { rows.append(Row(sql: table.clearing, arguments: [])) }
            let (insertion, removal) = (table.insertion, table.removal)
            for (number, row) in table.changes(old, cloud) {
                let number = number.databaseValue
                rows.append(
                    row.map { Row(sql: insertion, arguments: [number] + $0) }
                        ?? Row(sql: removal, arguments: [number]))
            }
        }
        let everything = batch.isLast || old == nil
        if everything || !notes.services.isEmpty {
            rows += deployments(batch.moment, of: everything ? nil : notes.services)
        }
        return rows
    }

    /// Tasks may be gone again before a copy of the cloud has shown them.
    private static func stopped(_ notes: HistoryNotes) -> [Row] {
        notes.stopped.sorted { $0.key < $1.key }.map { id, row in
            Row(
                sql: ResourceTable.tasks.insertion, arguments: [id.rawValue.databaseValue] + row)
        }
    }

    private static func deployments(_ moment: Moment, of services: Set<ServiceID>?) -> [Row] {
        let measured = moment.recordings.measured(in: moment.cloud, of: services)
        return measured.flatMap { deployment, result in
            let number = deployment.rawValue.databaseValue
            let row = Row(
                sql: DeploymentRow.insertion,
                arguments: [number]
                    + DeploymentRow.columns(of: deployment, result, in: moment.cloud))
            return [row, Row(sql: DeploymentRow.clearing, arguments: [number])]
                + DeploymentRow.windows(of: result).map {
                    Row(sql: DeploymentRow.window, arguments: [number] + $0)
                }
        }
    }
}

extension JournalEntry {
    /// It may come after ones with higher numbers, and twice.
    fileprivate static let insertionOfClock = """
        INSERT OR IGNORE INTO journal (number, step, at, wall, kind)
            VALUES (?, ?, ?, ?, 'clock')
        """

    /// - Precondition: It says that time has passed, and nothing else.
    fileprivate var clockRow: [DatabaseValue] {
        precondition(change == nil)
        return values([number, step, at.sinceStart.nanoseconds, wallMilliseconds])
    }
}

extension StateFile {
    /// In one transaction.
    fileprivate func write(_ rows: ArraySlice<HistoryWriter.Row>) throws {
        do {
            try queue.write { db in
                for row in rows {
                    try db.cachedStatement(sql: row.sql)
                        .execute(arguments: StatementArguments(row.arguments))
                }
            }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }
}
