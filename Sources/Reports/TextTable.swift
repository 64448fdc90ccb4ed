import Drawing

/// A table in columns of characters, two spaces apart, below a line of headings and a rule.
struct TextTable {
    private let table: Table
    private let widths: [Int]
    private let ascii: Bool

    /// - Parameter width: In columns. The texts of the widest columns are cut until all fits.
    init(_ table: Table, width: Int, ascii: Bool) {
        var table = table
        for index in table.columns.indices {
            table.columns[index].title = table.columns[index].title.printable(ascii: ascii)
        }
        table.rows = table.rows.map { $0.map { $0.printable(ascii: ascii) } }

        var widths = table.columns.indices.map { column in
            table.rows.map { $0[column].columns }.reduce(table.columns[column].title.columns, max)
        }
        let room = width - Self.margin - Self.gap * (widths.count - 1)
        while widths.reduce(0, +) > room, let widest = widths.max(), widest > 4 {
            widths[widths.firstIndex(of: widest) ?? 0] -= 1
        }
        self.table = table
        self.widths = widths
        self.ascii = ascii
    }

    private static let margin = 2
    private static let gap = 2

    var lines: [String] {
        let rule = widths.map { String(repeating: ascii ? "-" : "─", count: $0) }
        return [line(table.columns.map(\.title)), line(rule)] + table.rows.map(line)
    }

    private func line(_ cells: [String]) -> String {
        let padded = cells.indices.map { index in
            cells[index].clipped(to: widths[index], ascii: ascii)
                .padded(to: widths[index], right: table.columns[index].isNumber)
        }
        let gap = String(repeating: " ", count: Self.gap)
        var text = String(repeating: " ", count: Self.margin) + padded.joined(separator: gap)
        while text.last == " " { text.removeLast() }
        return text
    }
}
