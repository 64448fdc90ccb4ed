import Drawing
import Experiments
import Simulation

extension Fidelity {
    /// Where the measured moments fall, for people at a terminal. Ends with a line break.
    public func text(_ options: TextOptions = TextOptions()) -> String {
        var page = TextPage(options: options)
        let words = options.language.words
        page.heading(words.fidelityTitle(seeds: String(seeds)), rule: "═")
        page.paragraph(words.fidelityLead)
        page.write(table(in: options.language, measured: true), atMost: .max)
        page.lines.append("")
        page.paragraph(words.within(String(within), of: String(count), share(within, count)))
        page.paragraph(
            words.stepsWithin(String(stepsWithin), of: String(steps), share(stepsWithin, steps)))
        let built = table(in: options.language, measured: false)
        if !built.rows.isEmpty { page.write(built, atMost: .max) }
        let outside = rows.filter { !$0.isWithin }
        if !outside.isEmpty { page.section(words.whyOutside) }
        for row in outside {
            page.paragraph("\(row.trace), \(words.moment(row.moment)):", margin: 2, ink: .strong)
            page.paragraph(row.why ?? words.noReason, margin: 4)
        }
        return page.lines.map { $0 + "\n" }.joined()
    }

    private func share(_ part: Int, _ whole: Int) -> String {
        whole == 0 ? "0 %" : (100 * Double(part) / Double(whole)).decimals(0) + " %"
    }

    private func table(in language: Language, measured: Bool) -> Table {
        let words = language.words
        let titles = [words.measuredAt, "5 %", "50 %", "95 %", words.percentile, words.step]
        var table = Table(
            title: measured ? words.measuredTraces : words.builtTraces,
            columns: [.init(title: words.trace), .init(title: words.what)]
                + titles.map { .init(title: $0, isNumber: true) } + [.init(title: "")])
        var last = ""
        for row in rows where row.isMeasured == measured {
            let time =
                switch row.time {
                case .at(let at): language.cell(at)
                case .notBefore(let bound): "> " + language.cell(bound)
                }
            table.rows.append(
                [row.trace == last ? "" : row.trace, words.moment(row.moment), time]
                    + [row.low, row.median, row.high].map { $0.map(language.cell) ?? words.never }
                    + [
                        (100 * row.percentile).decimals(0),
                        row.stepPercentile.map { (100 * $0).decimals(0) } ?? "",
                        row.isWithin ? "" : words.outside,
                    ])
            last = row.trace
        }
        return table
    }
}
