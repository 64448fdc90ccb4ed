import Cloud
import CloudAPI
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// Adds one entry to the journal, as fast as SQLite can.
///
/// Every change of a served cloud waits for it, so this is the one place that speaks to SQLite
/// itself: a statement that stays prepared, values that are not copied, and no transaction around a
/// statement that is one alone.
final class JournalWriter: Sendable {
    private let statement = Mutex<Prepared?>(nil)

    /// Belongs to the connection that it was prepared on, and is used on its queue alone.
    private struct Prepared: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// - Parameter db: The same connection each time.
    func append(_ entry: JournalEntry, to db: Database) throws {
        guard let connection = db.sqliteConnection else { return }
        let row = try entry.row()
        let result = try statement.withLock { statement -> Int32 in
            let prepared = try statement ?? Self.prepare(on: connection)
            statement = prepared
            return Self.step(prepared.pointer, row)
        }
        guard result == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
    }

    private static func prepare(on connection: OpaquePointer) throws -> Prepared {
        var pointer: OpaquePointer?
        let result = sqlite3_prepare_v3(
            connection, JournalEntry.insertion, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer,
            nil)
        guard result == SQLITE_OK, let pointer else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: result),
                message: String(cString: sqlite3_errmsg(connection)))
        }
        return Prepared(pointer: pointer)
    }

    private static func step(_ statement: OpaquePointer, _ row: JournalEntry.Row) -> Int32 {
        for (index, number) in row.numbers.enumerated() {
            sqlite3_bind_int64(statement, Int32(index + 1), number)
        }
        return bind(row.texts[...], to: statement, from: Int32(row.numbers.count + 1))
    }

    /// Binds one text after the other and carries the statement out while they all are where they
    /// are.
    private static func bind(
        _ texts: ArraySlice<String?>, to statement: OpaquePointer, from index: Int32
    ) -> Int32 {
        guard let first = texts.first else {
            let result = sqlite3_step(statement)
            sqlite3_reset(statement)
            return result
        }
        let rest = texts.dropFirst()
        guard var text = first else {
            sqlite3_bind_null(statement, index)
            return bind(rest, to: statement, from: index + 1)
        }
        return text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                _ = sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), nil)
            }
            return bind(rest, to: statement, from: index + 1)
        }
    }

    /// To be called on the connection's queue before it is closed.
    func close() {
        statement.withLock { statement in
            if let statement { sqlite3_finalize(statement.pointer) }
            statement = nil
        }
    }
}
