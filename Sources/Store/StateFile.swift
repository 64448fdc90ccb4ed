import Cloud
import Digests
import Foundation
import GRDB
import Simulation
import Synchronization

/// A cloud in a file: the journal of what came from outside, and snapshots to start from.
///
/// One server at a time writes to it. Whatever it says is written is so, however the process ends;
/// if the machine itself stops, the last moments may be missing (SQLite's `synchronous = NORMAL`).
/// Everybody may read meanwhile, with ``StateReader`` or any program that knows SQLite.
public final class StateFile: Sendable {
    public let path: String
    /// Whether it can only be read, because of permissions.
    public let isReadOnly: Bool

    private let lock: FileLock
    let queue: DatabaseQueue
    private let journal = JournalWriter()
    /// Counts the stories that the file has told: see ``Story``.
    private let stories = Mutex(0)
    /// Of the last snapshot.
    private let bytesOfSnapshot = Mutex(0)
    /// Where the copy is that is read in place of a file that cannot be written.
    private let passing: PassingFolder?

    /// Opens a state, or begins one.
    ///
    /// - Parameters:
    ///   - wallMilliseconds: The present, by the calendar of the machine.
    ///   - start: The cloud to begin with, if there is no file yet.
    /// - Returns: The file, the cloud where it stood at the last entry, when that was, and
    ///   sentences about what was not as expected.
    /// - Throws: A ``StoreProblem``.
    public static func open(
        _ path: String, wallMilliseconds: Int64, orBegin start: () -> Moment
    ) throws -> Opened {
        let exists = (try? FileManager.default.attributesOfItem(atPath: path)) != nil
        let isWritable = !exists || access(path, W_OK) == 0
        var lock = try FileLock(path, isWritable: isWritable)
        do {
            // Another file has its place then.
            if isWritable, try Migration.bringUpToDate(path) {
                lock = try FileLock(path, isWritable: true)
            }
            let file = try StateFile(path, lock, isWritable: isWritable)
            return try file.begin(wallMilliseconds, start)
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    public struct Opened: Sendable {
        public let file: StateFile
        public let moment: Moment
        /// Where the journal ended, by the calendar of the machine; `nil` for a new file.
        public let wallMilliseconds: Int64?
        /// The number of the last entry.
        public let lastEntry: Int
        /// How many entries came after the snapshot and had to be done again.
        public let replayed: Int
        public let notes: [String]
        /// Writes down what happens from now on; `nil` if the file can only be read.
        public let history: HistoryWriter?
    }

    private init(_ path: String, _ lock: FileLock, isWritable: Bool) throws {
        self.path = path
        self.lock = lock
        isReadOnly = !isWritable
        passing = isWritable ? nil : try PassingFolder(withCopyOf: path)
        let place = passing?.state ?? path
        if !isWritable { try Migration.bringUpToDate(place) }
        try Schema.begin(place)
        var configuration = Configuration()
        // Whoever reads the file by hand may hold it for a moment.
        configuration.busyMode = .timeout(5)
        configuration.journalMode = .wal
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        queue = try DatabaseQueue(path: place, configuration: configuration)
    }

    private func begin(_ wall: Int64, _ start: () -> Moment) throws -> Opened {
        // There may be results of experiments, and no cloud yet.
        let isNew = try queue.read { db in
            try Schema.check(db, path)
            let bytes = try Int.fetchOne(
                db, sql: "SELECT length(state) FROM snapshots ORDER BY number DESC LIMIT 1")
            bytesOfSnapshot.withLock { $0 = bytes ?? 0 }
            let count = try Int.fetchOne(
                db,
                sql: "SELECT (SELECT count(*) FROM snapshots) + (SELECT count(*) FROM journal)")
            return count == 0
        }
        if isNew {
            let moment = start()
            try queue.write { db in
                try Self.note(version: Cloud.version, from: 1, in: db)
                try Self.noteBeginning(moment, in: db)
            }
            try save(moment, after: 0, wallMilliseconds: wall)
            return Opened(
                file: self, moment: moment, wallMilliseconds: nil, lastEntry: 0, replayed: 0,
                notes: [], history: HistoryWriter(self))
        }
        let reader = StateReader(queue, path)
        let known = try storedHistory()
        var missed = HistoryNotes()
        let last = try reader.last { moment in
            missed.take(moment.cloud, last: moment.facts, after: known.lastFact)
        }
        var notes: [String] = []
        var history: HistoryWriter?
        if isReadOnly {
            notes.append("\(path) can only be read; calls that change something are refused.")
        }
        if !isReadOnly {
            history = try complete(known, with: missed, until: last.moment, &notes)
        }
        if last.writtenBy != Cloud.version {
            let count = last.moment.replayed
            notes.append(
                "\(path) was written by version \(last.writtenBy), and this is \(Cloud.version). "
                    + (count == 0
                        ? "It goes on from the last snapshot."
                        : "Of the last snapshot on, \(count) entries were done again by the new "
                            + "version, which may take another course; it refused "
                            + "\(last.moment.refused)."))
            if !isReadOnly {
                try queue.write {
                    try Self.note(version: Cloud.version, from: last.entry + 1, in: $0)
                }
                try save(last.moment.value, after: last.entry, wallMilliseconds: wall)
            }
        }
        return Opened(
            file: self, moment: last.moment.value, wallMilliseconds: last.wallMilliseconds,
            lastEntry: last.entry, replayed: last.moment.replayed, notes: notes,
            history: history)
    }

    private static func note(version: String, from entry: Int, in db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO versions (first, version) VALUES (?, ?)",
            arguments: [entry, version])
    }
}

// MARK: - Writing

extension StateFile {
    /// Writes entries down, all or none. When this returns they outlive the process.
    ///
    /// - Throws: A ``StoreProblem``; the file is then as it was.
    public func append(_ entries: [JournalEntry]) throws {
        guard !isReadOnly else { throw StoreProblem.readOnly(path) }
        do {
            if entries.count == 1 {
                try queue.writeWithoutTransaction { try journal.append(entries[0], to: $0) }
            } else {
                try queue.write { db in
                    for entry in entries { try journal.append(entry, to: db) }
                }
            }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// What the file tells until it is cleared or cut. A snapshot that was taken before belongs to
    /// no entry that comes after.
    public struct Story: Sendable, Equatable { fileprivate let number: Int }

    public var story: Story { Story(number: stories.withLock { $0 }) }

    /// To be called in the transaction that changes what the file tells.
    func beginStory() { stories.withLock { $0 += 1 } }

    /// Keeps the whole cloud as it is after an entry, so that nobody has to do again what came
    /// before.
    ///
    /// - Parameter story: The one that the moment belongs to, if it was taken some time ago; once
    ///   another one has begun, nothing is kept.
    public func save(
        _ moment: Moment, after entry: Int, wallMilliseconds: Int64, of story: Story? = nil
    ) throws {
        do {
            let state = Data(try SnapshotEncoder.encode(moment))
            try queue.write { db in
                guard story == nil || story == self.story else { return }
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO snapshots (number, step, at, wall, version, state)
                            VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        entry, moment.cloud.steps, moment.cloud.now.sinceStart.nanoseconds,
                        wallMilliseconds, Cloud.version, state,
                    ])
                try Self.thin(db)
                bytesOfSnapshot.withLock { $0 = state.count }
            }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// How many entries there are to be from the last snapshot to the next: about as many as take
    /// the same room, so that all snapshots together cost no more than the journal. A large cloud
    /// is not written down over and over.
    ///
    /// To do 5,000 again takes less than half a second, so fewer are not worth a snapshot; more
    /// than 20,000 are too many to wait for (`scripts/bench state`).
    public var entriesBetweenSnapshots: Int {
        min(20_000, max(5_000, bytesOfSnapshot.withLock { $0 } / Self.bytesOfEntry))
    }

    /// What most calls take in the journal. Measured by `scripts/bench state`.
    private static let bytesOfEntry = 200

    /// Lets go of snapshots, the more the older they are: of those that are kept, each lies at
    /// least half as far back again as the one after it. The first one of each version stays.
    private static func thin(_ db: Database) throws {
        let numbers = try Int.fetchAll(
            db, sql: "SELECT number FROM snapshots ORDER BY number DESC")
        let firsts = try Set(Int.fetchAll(db, sql: "SELECT first - 1 FROM versions"))
        guard let newest = numbers.first else { return }
        var kept = newest
        for number in numbers.dropFirst() {
            let age = newest - number
            let ageOfKept = newest - kept
            if ageOfKept == 0 || age >= ageOfKept + max(1, ageOfKept / 2) || firsts.contains(number)
            {
                kept = number
            } else {
                try db.execute(sql: "DELETE FROM snapshots WHERE number = ?", arguments: [number])
            }
        }
    }

    /// The cloud where it stands by what is written down.
    public func last() throws -> Moment {
        do {
            return try StateReader(queue, path).last().moment.value
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// Throws everything away and begins anew.
    public func clear(to moment: Moment, wallMilliseconds: Int64) throws {
        guard !isReadOnly else { throw StoreProblem.readOnly(path) }
        do {
            try queue.write { db in
                beginStory()
                for table in try Schema.tables(db) where table != "meta" {
                    try db.execute(sql: "DELETE FROM \(table)")
                }
                try Self.note(version: Cloud.version, from: 1, in: db)
                try Self.noteBeginning(moment, in: db)
            }
        } catch {
            throw StoreProblem.of(error, path)
        }
        try save(moment, after: 0, wallMilliseconds: wallMilliseconds)
    }

    /// A copy of the whole file as it is now.
    public func copy(to other: String) throws {
        do {
            try queue.vacuum(into: other)
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// Brings everything into the one file. Whoever has it may go on reading.
    public func close() throws {
        defer { lock.release() }
        guard !isReadOnly else { return }
        do {
            try queue.writeWithoutTransaction { db in
                journal.close()
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try queue.close()
        } catch {
            throw StoreProblem.of(error, path)
        }
    }
}

extension Cloud {
    /// What two clouds have in common that are the same in everything: 64 hexadecimal digits. What
    /// goes with a server does not count: where it answers for the registry, and uploads that are
    /// not complete.
    public func fingerprint() throws -> String {
        var bare = self
        (bare.registryHost, bare.registrySecret) = (nil, nil)
        for upload in openUploads { bare.dropUpload(upload) }
        return SHA256.hex(of: try SnapshotEncoder.encode(bare))
    }
}

extension StoreProblem {
    static func readOnly(_ path: String) -> StoreProblem {
        StoreProblem(
            .unwritable,
            "\(path) can only be read; give this program the permission to write it.")
    }

    /// What SQLite says, in words that tell what to do.
    static func of(_ error: any Error, _ path: String) -> StoreProblem {
        if let problem = error as? StoreProblem { return problem }
        guard let error = error as? DatabaseError else {
            return StoreProblem(.unreadable, "\(path) makes no sense: \(error).")
        }
        switch error.resultCode {
        case .SQLITE_FULL:
            return StoreProblem(
                .unwritable, "There is no room left for \(path); make some, and call again.")
        case .SQLITE_READONLY, .SQLITE_PERM:
            return readOnly(path)
        case .SQLITE_IOERR:
            return StoreProblem(
                .unwritable, "\(path) cannot be written: \(error.message ?? "disk I/O error").")
        case .SQLITE_CANTOPEN:
            return StoreProblem(
                .unwritable,
                "\(path) cannot be opened; its folder must be there, and be writable.")
        case .SQLITE_BUSY:
            return StoreProblem(
                .inUse, "Another program holds \(path) locked; end it, and call again.")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return StoreProblem(
                .unreadable, "\(path) is not a state of Drydock, or broken; name another file.")
        default:
            return StoreProblem(
                .unreadable, "\(path): \(error.message ?? "SQLite error \(error.resultCode)").")
        }
    }
}
