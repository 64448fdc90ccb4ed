import Drawing

/// A report for a terminal in the making: lines that fit its width.
struct TextPage {
    let options: TextOptions
    let width: Int
    var lines: [String] = []

    /// Tasks in the chart and rows in a table before some are left out.
    static let limit = 24

    init(options: TextOptions) {
        self.options = options
        width = max(60, options.width)
    }

    var language: Language { options.language }
    var words: Words { language.words }

    mutating func heading(_ text: String, rule: String) {
        if !lines.isEmpty { lines += [""] }
        let title = text.printable(ascii: options.ascii).clipped(to: width, ascii: options.ascii)
        let line = options.ascii ? (rule == "═" ? "=" : "-") : rule
        lines.append(TextChart.Ink.strong.colouring(title, options.colour))
        lines.append(String(repeating: line, count: title.columns))
    }

    mutating func section(_ title: String) {
        let text = title.printable(ascii: options.ascii)
        lines += ["", TextChart.Ink.strong.colouring(text, options.colour), ""]
    }

    mutating func paragraph(
        _ text: String, margin: Int = 0, ink: TextChart.Ink = .plain
    ) {
        for line in text.printable(ascii: options.ascii).wrapped(to: width - margin) {
            lines.append("".padded(to: margin) + ink.colouring(line, options.colour))
        }
    }

    /// A table below its title.
    mutating func write(_ table: Table, atMost limit: Int = TextPage.limit) {
        section(table.title)
        let shown = Table(
            title: "", columns: table.columns, rows: Array(table.rows.prefix(limit)))
        lines += TextTable(shown, width: width, ascii: options.ascii).lines
        if shown.rows.count < table.rows.count {
            paragraph(words.listed(shown.rows.count, of: table.rows.count), margin: 2)
        }
    }
}
