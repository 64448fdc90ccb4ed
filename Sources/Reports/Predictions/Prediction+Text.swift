import Drawing
import Experiments
import Simulation

extension Prediction {
    /// What was predicted, for people at a terminal. Ends with a line break.
    public func text(_ options: TextOptions = TextOptions()) -> String {
        var page = TextPage(options: options)
        page.write(self)
        return page.lines.map { $0 + "\n" }.joined()
    }
}

extension TextPage {
    fileprivate mutating func write(_ prediction: Prediction) {
        heading(
            words.predictionTitle(
                prediction.service, cluster: prediction.cluster, String(prediction.trials),
                seed: String(prediction.seed)), rule: "═")
        paragraph(words.played(prediction.underWay))
        if let version = prediction.current.newVersion { paragraph(words.newVersion(version)) }
        if let version = prediction.changed?.newVersion, version != prediction.current.newVersion {
            paragraph(words.withChanges + ": " + words.newVersion(version))
        }
        if prediction.by == .revision { paragraph(words.byRevision) }
        if !prediction.isAsked { paragraph(words.nobodyAsks) }
        paragraph(words.predictionUnits)
        if !prediction.changes.isEmpty { write(changeTable(prediction.changes), atMost: .max) }
        write(table(of: prediction.current, words.unchanged, prediction), atMost: .max)
        guard let changed = prediction.changed, let differences = prediction.differences else {
            return
        }
        write(table(of: changed, words.withChanges, prediction), atMost: .max)
        write(differenceTable(differences, prediction), atMost: .max)
    }

    private func changeTable(_ changes: [Prediction.Change]) -> Table {
        Table(
            title: words.changes,
            columns: [
                .init(title: words.settingHeading), .init(title: words.now, isNumber: true),
                .init(title: words.then, isNumber: true),
            ],
            rows: changes.map { [$0.key, $0.from ?? words.notSet, $0.to] })
    }

    private func table(
        of side: Prediction.Side, _ title: String, _ prediction: Prediction
    ) -> Table {
        let outcomes = side.outcomes.map { "\(words.outcome($0.outcome)) \($0.count)" }
        return table(
            of: side, title: "\(title): \(outcomes.joined(separator: ", "))", prediction
        ) { measure, value in measure.cell(value, in: language) }
    }

    private func differenceTable(
        _ differences: Prediction.Side, _ prediction: Prediction
    ) -> Table {
        table(of: differences, title: words.differences, prediction) { measure, value in
            let text = measure.cell(value, in: language)
            let isNothing = !text.contains { ("1"..."9").contains($0) }
            return isNothing ? "0" : value > 0 ? "+" + text : text
        }
    }

    private func table(
        of side: Prediction.Side, title: String, _ prediction: Prediction,
        _ cell: (Prediction.Measure, Double) -> String
    ) -> Table {
        let isShort = Prediction.Measure.allCases.contains { measure in
            side[measure].map { $0.count < prediction.trials } ?? false
        }
        var table = Table(
            title: title,
            columns: [.init(title: words.what)]
                + ["5 %", words.median, "95 %"].map { .init(title: $0, isNumber: true) })
        if isShort { table.columns.append(.init(title: words.came, isNumber: true)) }
        for measure in Prediction.Measure.allCases {
            guard let values = side[measure] else { continue }
            var row = [words.measure(measure)]
            row += [values.p5, values.median, values.p95].map { cell(measure, $0) }
            if isShort { row.append(String(values.count)) }
            table.rows.append(row)
        }
        return table
    }
}

extension Prediction.Measure {
    fileprivate func cell(_ value: Double, in language: Language) -> String {
        switch self {
        case .probeFailed: language.number(value, decimals: 0)
        case .costUSD: value.decimals(6, fixed: true, mark: language.decimalMark)
        default: value.decimals(1, fixed: true, mark: language.decimalMark)
        }
    }
}
