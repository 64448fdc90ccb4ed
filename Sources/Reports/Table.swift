import Experiments
import Simulation

/// A table of a report, before it is written as text or as HTML.
struct Table: Equatable {
    struct Column: Equatable {
        var title: String
        var isNumber = false
    }

    var title: String
    var columns: [Column]
    var rows: [[String]] = []
}

extension DeploymentResult {
    /// The tables of measured times, empty ones left out.
    func tables(in language: Language) -> [Table] {
        let tables = [
            windowTable(in: language), momentTable(in: language), startTable(in: language),
            stopTable(in: language),
        ]
        return tables.filter { !$0.rows.isEmpty }
    }

    private func windowTable(in language: Language) -> Table {
        let words = language.words
        var table = Table(
            title: words.windows,
            columns: [
                .init(title: words.what), .init(title: words.from, isNumber: true),
                .init(title: words.to, isNumber: true), .init(title: words.length, isNumber: true),
            ])
        let measured = [
            (words.bothVersionsLong, bothVersions),
            (words.keptConnectionsLong, bothVersionsKeptConnections),
            (words.noVersionLong, noVersion), (words.degradedLong, degraded),
        ]
        for (name, windows) in measured {
            guard let first = windows.windows.first, let last = windows.windows.last else {
                table.rows.append([name, "", "", words.never])
                continue
            }
            let cells = [first.from, last.to, windows.total].map(language.cell)
            table.rows.append([name] + cells)
            guard windows.windows.count > 1 else { continue }
            for (index, window) in windows.windows.enumerated() {
                let cells = [window.from, window.to, window.to - window.from].map(language.cell)
                table.rows.append(["– " + words.window(index + 1)] + cells)
            }
        }
        return table
    }

    private func momentTable(in language: Language) -> Table {
        let words = language.words
        let moments = [
            (words.firstAnswerNew, firstAnswerNew), (words.lastAnswerOld, lastAnswerOld),
            (words.restart, restart), (words.completedMoment, completedAt),
            (words.steadyMoment, steadyAt),
        ]
        return Table(
            title: words.moments,
            columns: [.init(title: words.what), .init(title: words.at, isNumber: true)],
            rows: moments.map { [$0, $1.map(language.cell) ?? words.notReached] })
    }

    private func startTable(in language: Language) -> Table {
        phaseTable(language.words.starting, TaskLife.startingKinds, of: \.starting, in: language)
    }

    private func stopTable(in language: Language) -> Table {
        phaseTable(language.words.stopping, TaskLife.stoppingKinds, of: \.stopping, in: language)
    }

    /// One row a task, one column a phase. The last column is from the first beginning to the last
    /// end, which is less than the sum where phases overlap.
    private func phaseTable(
        _ title: String, _ kinds: [Phase.Kind], of side: (TaskLife) -> [Phase],
        in language: Language
    ) -> Table {
        let words = language.words
        let titles = kinds.map { words.heading($0) } + [words.total]
        var table = Table(
            title: title,
            columns: [.init(title: words.task), .init(title: words.version)]
                + titles.map { .init(title: $0, isNumber: true) })
        for life in lives {
            let phases = side(life)
            if phases.isEmpty { continue }
            let cells = kinds.map { kind in
                Self.cell(phases.filter { $0.kind == kind }, in: language)
            }
            let total = TaskLife.span(of: phases).map(language.cell) ?? words.lasting
            table.rows.append([life.task, Version.short(life.version)] + cells + [total])
        }
        return table
    }

    private static func cell(_ phases: [Phase], in language: Language) -> String {
        guard !phases.isEmpty else { return "" }
        let ended = phases.compactMap { phase in phase.to.map { $0 - phase.from } }
        guard ended.count == phases.count else { return language.words.lasting }
        return language.cell(ended.reduce(.zero, +))
    }
}

enum Version {
    /// A digest as its first twelve digits; any other name as it is.
    static func short(_ version: String) -> String {
        let name = "sha256:"
        guard version.hasPrefix(name), version.utf8.count == name.utf8.count + 64 else {
            return version
        }
        return String(version.dropFirst(name.count).prefix(12))
    }
}
