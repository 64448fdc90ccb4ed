import Cloud
import Experiments
import Foundation
import GRDB
import Simulation

/// Looks into a state file, whoever writes it meanwhile.
public struct StateReader: Sendable {
    let queue: DatabaseQueue
    let path: String
    /// Where the copy is that is read in place of the file.
    private let passing: PassingFolder?

    init(_ queue: DatabaseQueue, _ path: String) {
        (self.queue, self.path, passing) = (queue, path, nil)
    }

    /// Opens a file and leaves it, and its folder, as they are: what no server has open is read in
    /// a copy.
    ///
    /// - Throws: A ``StoreProblem`` if there is no such file, or it is not a state that this
    ///   version can read.
    public init(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreProblem(
                .unreadable, "There is no file \(path); name one with --state.")
        }
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let files = FileManager.default
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            let isServed = files.fileExists(atPath: path + "-wal")
            passing =
                isServed && files.isWritableFile(atPath: folder)
                ? nil : try PassingFolder(withCopyOf: path)
            queue = try DatabaseQueue(
                path: passing?.state ?? path, configuration: configuration)
            try queue.read { try Schema.check($0, path) }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// A cloud that was brought to where it stood.
    public struct Restored: Sendable {
        public var value: Moment
        /// How many entries of the journal had to be done again.
        public var replayed: Int
        /// How many of them another version than the one that wrote them refused.
        public var refused = 0
        /// The number of the last fact before that.
        var factsBefore = 0
    }

    struct Last {
        var moment: Restored
        /// The number of the last entry; 0 if there is none.
        var entry: Int
        var wallMilliseconds: Int64
        /// The version that wrote what stands last.
        var writtenBy: String
    }

    /// Where everything ends.
    ///
    /// - Parameter watch: Shown each step that had to be done again for it.
    func last(watch: (borrowing Moment) -> Void = { _ in }) throws -> Last {
        try queue.read { db in
            try Schema.check(db, path)
            guard
                let version = try String.fetchOne(
                    db, sql: "SELECT version FROM versions ORDER BY first DESC LIMIT 1"),
                let entry = try Int.fetchOne(
                    db, sql: "SELECT max((SELECT coalesce(max(number), 0) FROM journal), 0)"),
                let wall = try Int64.fetchOne(
                    db,
                    sql: """
                        SELECT max(coalesce((SELECT max(wall) FROM journal), 0),
                            coalesce((SELECT max(wall) FROM snapshots), 0))
                        """)
            else { throw StoreProblem(.unreadable, "\(path) is no state of Drydock.") }
            let moment = try Self.restore(db, path, upTo: nil, by: version, watch: watch)
            return Last(
                moment: moment, entry: entry, wallMilliseconds: wall, writtenBy: version)
        }
    }

    /// The cloud as it was at an instant, when everything due at that instant had happened.
    ///
    /// - Parameter watch: Shown each step that had to be done again for it.
    /// - Throws: A ``StoreProblem``, also if the instant is later than what is written down.
    public func moment(
        at instant: Instant, watch: (borrowing Moment) -> Void = { _ in }
    ) throws -> Restored {
        do {
            return try queue.read { db in
                let end = try Self.end(db)
                guard instant <= end else {
                    throw StoreProblem(
                        .unreadable,
                        "What is written down in \(path) ends at \(end.seconds) s; name an "
                            + "earlier instant.")
                }
                let version =
                    try String.fetchOne(
                        db,
                        sql: """
                            SELECT version FROM versions WHERE first <= 1 +
                                (SELECT coalesce(max(number), 0) FROM journal WHERE at <= ?)
                                ORDER BY first DESC LIMIT 1
                            """, arguments: [instant.sinceStart.nanoseconds]) ?? Cloud.version
                var restored = try Self.restore(
                    db, path, upTo: instant, by: version, watch: watch)
                guard restored.value.cloud.now < instant else { return restored }
                try Self.mayReplay(version, instant, path)
                restored.value.run(until: instant, watch: watch)
                return restored
            }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// A copy of the whole file as it is now.
    public func copy(to other: String) throws {
        do {
            try queue.vacuum(into: other)
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// The last instant that is written down.
    public func end() throws -> Instant {
        do {
            return try queue.read { try Self.end($0) }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    private static func end(_ db: Database) throws -> Instant {
        let nanoseconds = try Int64.fetchOne(
            db,
            sql: """
                SELECT max(coalesce((SELECT max(at) FROM journal), 0),
                    coalesce((SELECT max(at) FROM snapshots), 0))
                """)
        return .start + Duration(nanoseconds: nanoseconds ?? 0)
    }

    /// Takes the last snapshot up to an instant, and does again what came after it.
    private static func restore(
        _ db: Database, _ path: String, upTo instant: Instant?, by version: String,
        watch: (borrowing Moment) -> Void = { _ in }
    ) throws -> Restored {
        let limit = instant?.sinceStart.nanoseconds ?? .max
        guard
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT number, state FROM snapshots WHERE at <= ?
                        ORDER BY number DESC LIMIT 1
                    """, arguments: [limit])
        else {
            throw StoreProblem(.unreadable, "\(path) has no snapshot to start from.")
        }
        let number: Int = row[0]
        var moment = try row.withUnsafeData(atIndex: 1) { data in
            try (data ?? Data()).withUnsafeBytes {
                try SnapshotDecoder.decode(Moment.self, from: $0)
            }
        }
        var (replayed, refused) = (0, 0)
        let factsBefore = moment.facts
        let entries = try Row.fetchCursor(
            db, sql: "\(JournalEntry.selection) WHERE number > ? AND at <= ? ORDER BY number",
            arguments: [number, limit])
        while let entry = try entries.next() {
            if instant != nil { try mayReplay(version, instant, path) }
            let isMade = try moment.replay(
                JournalEntry(entry), isExact: version == Cloud.version, watch: watch)
            replayed += 1
            if !isMade { refused += 1 }
        }
        return Restored(
            value: moment, replayed: replayed, refused: refused, factsBefore: factsBefore)
    }

    private static func mayReplay(_ version: String, _ instant: Instant?, _ path: String) throws {
        guard version != Cloud.version, let instant else { return }
        throw StoreProblem(
            .unreadable,
            "What happened at \(instant.seconds) s was written to \(path) by version \(version), "
                + "and only that version can do it again.")
    }
}

extension Instant {
    fileprivate var seconds: Double { Double(sinceStart.nanoseconds) / 1e9 }
}
