import GRDB

/// The tables of a state file. docs/history.md describes them; their names stay.
enum Schema {
    /// The format of the file. A change of the tables, or of what stands in a snapshot, is a new
    /// one, with a migration from the one before.
    static let format = 1
    /// `PRAGMA application_id`: "Dryd".
    static let application = 0x4472_7964

    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

                CREATE TABLE versions (
                    first INTEGER PRIMARY KEY,
                    version TEXT NOT NULL
                ) STRICT;

                CREATE TABLE journal (
                    number INTEGER PRIMARY KEY,
                    step INTEGER NOT NULL,
                    at INTEGER NOT NULL,
                    wall INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    service TEXT,
                    operation TEXT,
                    account TEXT,
                    region TEXT,
                    caller TEXT,
                    request TEXT
                ) STRICT;

                CREATE TABLE snapshots (
                    number INTEGER PRIMARY KEY,
                    step INTEGER NOT NULL,
                    at INTEGER NOT NULL,
                    wall INTEGER NOT NULL,
                    version TEXT NOT NULL,
                    state BLOB NOT NULL
                ) STRICT;

                \(HistorySchema.creation)

                PRAGMA application_id = \(application);
                PRAGMA user_version = \(format);
                """)
    }
}

extension Schema {
    /// Makes the tables in a file that is empty, or not there yet.
    static func begin(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            guard try isEmpty(db) else { return }
            // An entry of the journal changes one page, and all of it is written: with SQLite's own
            // 4096 that takes a third longer.
            try db.execute(sql: "PRAGMA page_size = 1024")
            try db.inTransaction {
                try create(db)
                return .commit
            }
        }
        try queue.close()
    }

    /// Whether there is nothing at all in the file.
    static func isEmpty(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
    }

    static func tables(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                    ORDER BY name
                """)
    }

    /// - Throws: A ``StoreProblem`` if the file is something else's, or a format this version does
    ///   not read.
    static func check(_ db: Database, _ path: String) throws {
        let number = try format(db, path)
        guard number <= format else {
            throw StoreProblem(
                .unreadable,
                "\(path) was written by a newer Drydock (format \(number); this version reads up "
                    + "to \(format)). Use that one, or name another file with --state.")
        }
        guard number == format else {
            throw StoreProblem(
                .unreadable,
                "\(path) has the older format \(number); drydock serve --state \(path) brings it "
                    + "up to date.")
        }
    }

    /// The format of a file that is one of ours.
    static func format(_ db: Database, _ path: String) throws -> Int {
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == application else {
            throw StoreProblem(
                .unreadable, "\(path) is not a state of Drydock; name another file with --state.")
        }
        return try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }
}
