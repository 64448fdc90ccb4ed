import Drawing
import Experiments
import Simulation

extension Sensitivity {
    /// What the open points move, for people at a terminal. Ends with a line break.
    public func text(_ options: TextOptions = TextOptions()) -> String {
        var page = TextPage(options: options)
        let words = options.language.words
        page.heading(
            words.sensitivityTitle(scenario, seeds: String(seeds.count)), rule: "═")
        page.paragraph(words.sensitivityLead)
        let (moving, still) = (rows.filter(\.moves), rows.filter { !$0.moves })
        var table = Table(
            title: words.asItIs,
            columns: [.init(title: words.setting)]
                + Measure.allCases.map { .init(title: words.measure($0), isNumber: true) })
        let never = words.never
        table.rows = [
            [scenario]
                + Measure.allCases.map { base[$0].map(options.language.cell) ?? never }
        ]
        page.write(table)
        table.title = words.otherReadings
        table.rows = moving.map { row in
            [row.settings.joined(separator: " ")]
                + Measure.allCases.map { row.cell($0, in: options.language) }
        }
        if !moving.isEmpty { page.write(table, atMost: .max) }
        let flipping = rows.filter { $0.flips > 0 }
        if !flipping.isEmpty { page.lines.append("") }
        for row in flipping {
            page.paragraph(
                words.flips(
                    row.settings.joined(separator: " "), String(row.flips), String(seeds.count)))
        }
        if !still.isEmpty {
            page.lines.append("")
            page.paragraph(
                words.movesNothing(
                    still.map { $0.settings.joined(separator: " ") }.joined(separator: "; ")))
        }
        return page.lines.map { $0 + "\n" }.joined()
    }

    /// The same for programs: seconds with at most three decimals. A mean of what never came is
    /// `null`. Ends with a line break.
    public func json() -> String {
        JSON.object([
            "scenario": .string(scenario),
            "seeds": .array(seeds.map { .number(String($0)) }),
            "base": base.asJSON,
            "rows": .array(rows.map(\.asJSON)),
        ]).text()
    }
}

extension Sensitivity.Row {
    fileprivate var moves: Bool { largest > .zero || flips > 0 }

    /// With its sign; empty for no change.
    fileprivate func cell(_ measure: Sensitivity.Measure, in language: Language) -> String {
        guard let change = changes[measure] else { return "" }
        let text = language.cell(change)
        return change > .zero ? "+" + text : change == .zero ? "0" : text
    }

    fileprivate var asJSON: JSON {
        .object([
            "switch": .string(name),
            "settings": .array(settings.map(JSON.string)),
            "figures": figures.asJSON,
            "changes": changes.asJSON,
            "largestSeconds": .number(largest.seconds3),
            "flips": .number(String(flips)),
        ])
    }
}

extension Sensitivity.Figures {
    fileprivate var asJSON: JSON {
        .object(
            Sensitivity.Measure.allCases.map {
                .init(key: $0.rawValue + "Seconds", value: self[$0].asJSON)
            })
    }
}
