import Drawing
import Experiments
import Simulation

/// What text and page show alike.
extension Verdict {
    /// The command as one would type it, shortened.
    var title: String {
        let words = command.map { word in
            word.isEmpty || word.contains(" ") || word.contains("\n") ? "'\(word)'" : word
        }
        return words.joined(separator: " ").printable().clipped(to: 160)
    }

    func callTable(in language: Language) -> Table {
        let words = language.words
        return Table(
            title: "\(words.calls): "
                + words.calls(calls.reduce(0) { $0 + $1.count }, refused: refused.count),
            columns: [
                .init(title: words.number, isNumber: true), .init(title: words.at, isNumber: true),
                .init(title: words.call), .init(title: words.answer),
            ],
            rows: calls.map { call in
                [String(call.number), language.cell(call.at)]
                    + [call.name(in: language, home: region), call.answer(in: language)]
            })
    }

    func percentileTable(in language: Language) -> Table? {
        guard let percentiles else { return nil }
        let words = language.words
        let outcomes = percentiles.outcomes.map { "\($0.outcome) \($0.count)" }
        return Table(
            title: words.percentiles(percentiles.seeds) + ": " + outcomes.joined(separator: ", "),
            columns: [.init(title: words.what)]
                + [words.least, words.median, "95 %", words.most].map {
                    .init(title: $0, isNumber: true)
                },
            rows: percentiles.rows.map { row in
                [row.name]
                    + [row.least, row.median, row.p95, row.most].map {
                        language.number($0, decimals: row.unit == "USD" ? 6 : 1)
                            + (row.unit.isEmpty ? "" : " " + row.unit)
                    }
            })
    }

    /// Everything that is said in a sentence, after the deployments.
    func sentences(in language: Language) -> [String] {
        let words = language.words
        var all = listeners.filter { $0.none.total > .zero || $0.both.total > .zero }.map {
            words.listener(
                $0.name, String($0.port), none: language.length($0.none.total),
                both: language.length($0.both.total))
        }
        all += lacking.map { words.lacking("\($0.service) \($0.operation)") }
        all += strays.map { words.stray($0.host, String($0.port), $0.count) }
        all += notes.map { $0.text(in: language) }
        if requests.count > 0 { all.append(words.requests(requests)) }
        return all
    }

    func spent(in language: Language) -> String {
        language.words.spent(
            emulator: language.number(spent.emulatorSeconds, decimals: 2),
            whole: language.number(spent.wholeSeconds, decimals: 1))
    }
}

extension Verdict.Call {
    /// `ecs UpdateService`, and what is special about it.
    fileprivate func name(in language: Language, home: String) -> String {
        let words = language.words
        var special: [String] = []
        if isWaiting { special.append(words.waiter) }
        if let profile { special.append(words.profile(profile)) }
        if region != home, service != "iam", service != "sts" { special.append(region) }
        let count = count > 1 ? " " + words.times(count) : ""
        return "\(service) \(operation)\(count)"
            + (special.isEmpty ? "" : " (\(special.joined(separator: ", ")))")
    }

    fileprivate func answer(in language: Language) -> String {
        guard let code else { return language.words.good }
        return "\(code): \(message ?? "")"
    }
}
