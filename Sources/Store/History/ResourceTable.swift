import Cloud
import GRDB
import Simulation

/// A table of what there is, kept like the cloud by comparing it with how it was last written.
///
/// Copies of a cloud share what did not change, so that costs as much as has changed.
struct ResourceTable: Sendable {
    let name: String
    /// Each with its type.
    let columns: [(name: String, type: String)]
    /// What is gone keeps its row, with 0 in the column `kept`.
    let keepsRows: Bool
    /// From the rows of one cloud, or none, to those of another; `nil`: the row is no more.
    let changes: @Sendable (Cloud?, Cloud) -> [(number: UInt32, row: [DatabaseValue]?)]

    init<ID: Identifier, Value>(
        _ name: String, _ table: @escaping @Sendable (Cloud) -> Simulation.Table<ID, Value>,
        keepsRows: Bool = false, _ columns: KeyValuePairs<String, String>, isPlaced: Bool = false,
        row: @escaping @Sendable (Cloud, ID) -> [(any DatabaseValueConvertible)?]?
    ) {
        self.name = name
        self.keepsRows = keepsRows
        self.columns =
            columns.map { ($0.key, $0.value) }
            + (isPlaced ? [("account", "TEXT"), ("region", "TEXT")] : [])
        changes = { old, new in
            let (before, after) = (old.map(table) ?? Simulation.Table(), table(new))
            return after.ids(changedSince: before).compactMap { id in
                let was = before.contains(id) ? old.flatMap { row($0, id) }.map(values) : nil
                let `is` = after.contains(id) ? row(new, id).map(values) : nil
                return was == `is` ? nil : (id.rawValue, `is`)
            }
        }
    }

    var creation: String {
        let columns = columns.map { "\($0.name) \($0.type)" } + (keepsRows ? ["kept INTEGER"] : [])
        return
            "CREATE TABLE \(name) (number INTEGER PRIMARY KEY, \(columns.joined(separator: ", "))"
            + ") STRICT;"
    }

    var insertion: String {
        let names = ["number"] + columns.map(\.name) + (keepsRows ? ["kept"] : [])
        let marks =
            Array(repeating: "?", count: names.count - (keepsRows ? 1 : 0))
            + (keepsRows ? ["1"] : [])
        return "INSERT OR REPLACE INTO \(name) (\(names.joined(separator: ", "))) "
            + "VALUES (\(marks.joined(separator: ", ")))"
    }

    var removal: String {
        keepsRows
            ? "UPDATE \(name) SET kept = 0 WHERE number = ?"
            : "DELETE FROM \(name) WHERE number = ?"
    }

    /// What has to be done before everything is written anew.
    var clearing: String {
        keepsRows ? "UPDATE \(name) SET kept = 0 WHERE kept" : "DELETE FROM \(name)"
    }
}
