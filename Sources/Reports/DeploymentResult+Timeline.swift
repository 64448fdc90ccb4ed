import Drawing
import Experiments
import Simulation

extension DeploymentResult {
    /// The deployment as a chart: tasks and their phases, who answered, windows and moments.
    ///
    /// - Parameter limit: How many tasks are drawn at most. Of more, each version shows its share
    ///   of them, evenly spread.
    public func timeline(in language: Language = .english, atMost limit: Int = .max)
        -> TimelineChart
    {
        let words = language.words
        let versions = allVersions
        var chart = TimelineChart(
            title: words.timelineTitle(service), axis: TimeAxis(from: 0, to: chartEnd))
        chart.summary = answer(in: language).sentences.joined(separator: " ")
        let started = newVersions
        let newest = started.isEmpty ? versions.last : versions.last { started.contains($0) }
        chart.series = versions.enumerated().map { index, version in
            let name = Version.short(version)
            guard versions.count > 1 else { return name }
            if version == newest { return words.new(name) }
            return index == 0 ? words.old(name) : name
        }
        chart.kinds = Self.kinds(words)
        chart.lanes = Self.spread(lives, over: limit).map { lane($0, versions, language) }
        chart.shares = answers.isEmpty ? nil : .init(answers.map(Self.step))
        chart.bands = bands(in: language)
        chart.markers = markers(in: language)
        chart.words.lanes = words.tasks
        chart.words.shares = words.whoAnswers
        chart.words.failing = words.nobody
        chart.words.bands = words.windows
        chart.words.markers = words.moments
        chart.words.axis = words.afterCall
        chart.words.decimalMark = language.decimalMark
        return chart
    }

    /// A little after the last thing that happened, in whole seconds.
    private var chartEnd: Double {
        let isOpen = phases.contains { $0.to == nil } || outcome == .stuck
        let windows = [bothVersions, bothVersionsKeptConnections, noVersion, degraded]
        let times: [Duration] =
            phases.flatMap { [$0.from, $0.to ?? .zero] } + windows.flatMap { $0.windows.map(\.to) }
            + [firstAnswerNew, lastAnswerOld, restart, completedAt, steadyAt].compactMap { $0 }
            + answers.map(\.from)
        let last = (times.max() ?? .zero).inSeconds * 1.04
        let end = measuredUntil.inSeconds
        let shown = isOpen && end > 0 ? end : end > 0 ? min(last, end) : last
        return max(1, shown.rounded(.up))
    }

    private static func step(_ answer: AnswerShare) -> TimelineChart.Shares.Step {
        .init(from: answer.from.inSeconds, values: answer.shares, failing: answer.failing)
    }

    /// At most `limit` of the lives, evenly spread, in their order.
    private static func spread(_ lives: [TaskLife], over limit: Int) -> [TaskLife] {
        guard lives.count > limit, limit > 1 else { return Array(lives.prefix(limit)) }
        return (0..<limit).map { lives[$0 * (lives.count - 1) / (limit - 1)] }
    }

    private func bands(in language: Language) -> [TimelineChart.Band] {
        let words = language.words
        let all: [(String, TimelineChart.Band.Tone, Bool, Windows)] = [
            (words.bothVersions, .accent, true, bothVersions),
            (words.keptConnections, .quiet, false, bothVersionsKeptConnections),
            (words.noVersion, .danger, true, noVersion),
            (words.degradedLabel, .warning, true, degraded),
        ]
        return all.filter { !$0.3.windows.isEmpty }.map { label, tone, shades, windows in
            .init(
                label: label, tone: tone, shades: shades,
                windows: windows.windows.map {
                    .init(
                        from: $0.from.inSeconds, to: $0.to.inSeconds,
                        label: language.length($0.to - $0.from))
                })
        }
    }

    private func markers(in language: Language) -> [TimelineChart.Marker] {
        let words = language.words
        let moments = [
            (words.firstNewShort, firstAnswerNew), (words.lastOldShort, lastAnswerOld),
            (words.restartShort, restart), (words.completedShort, completedAt),
            (words.steadyShort, steadyAt),
        ]
        return moments.compactMap { name, at in
            at.map { .init(at: $0.inSeconds, label: "\(language.length($0)) \(name)") }
        }
    }
}

/// Tasks as lanes.
extension DeploymentResult {
    /// The phases in their order, then a task in service, then one that waits to be stopped.
    ///
    /// In a terminal a task grows denser until it is in service, and then sinks.
    private static func kinds(_ words: Words) -> [TimelineChart.Kind] {
        Phase.Kind.allCases.map { kind in
            let (strength, glyph, ascii): (Double, Character, Character) =
                switch kind {
                case .waitScheduler: (0.14, "·", ".")
                case .capacity: (0.3, "░", "c")
                case .pull: (0.48, "▒", "p")
                case .boot: (0.3, "▓", "b")
                case .register: (0.55, "▚", "r")
                case .firstCheck: (0.4, "▞", "h")
                case .deregister: (0.55, "▅", "d")
                case .drain: (0.36, "▃", "~")
                case .stop: (0.5, "▂", "s")
                case .release: (0.2, "▁", "-")
                }
            return .init(words.phase(kind), strength: strength, glyph: glyph, ascii: ascii)
        } + [
            .init(words.inService, strength: 1, glyph: "█", ascii: "#"),
            .init(words.aboutToStop, strength: 0.75, glyph: "▇", ascii: "="),
        ]
    }

    private func lane(_ life: TaskLife, _ versions: [String], _ language: Language)
        -> TimelineChart.Lane
    {
        let series = versions.firstIndex(of: life.version) ?? 0
        let version = Version.short(life.version)
        let name = "\(life.task) \(version)"
        let kinds = Phase.Kind.allCases
        func bar(_ word: String, kind: Int, from: Duration, to: Duration?) -> TimelineChart.Bar {
            let length = to.map { language.length($0 - from) }
            let span = language.words.fromTo(
                language.length(from), to.map(language.length) ?? "…")
            return .init(
                from: from.inSeconds, to: to?.inSeconds, kind: kind, series: series,
                labels: [length.map { "\(word) \($0)" }, word].compactMap { $0 },
                hint: "\(name): \(word), \(length ?? language.words.lasting), \(span)")
        }

        func phaseBar(_ phase: Phase, isStopping: Bool) -> TimelineChart.Bar {
            let waits = isStopping && phase.kind == .waitScheduler
            return bar(
                waits ? language.words.aboutToStop : language.words.phase(phase.kind),
                kind: waits ? kinds.count + 1 : kinds.firstIndex(of: phase.kind) ?? 0,
                from: phase.from, to: phase.to)
        }

        var bars = life.starting.map { phaseBar($0, isStopping: false) }
        // A first check may end without success; a version that never answered was not in service.
        if self.versions.contains(life.version), let service = life.service {
            let from = service.from ?? .zero
            if service.to.map({ $0 > from }) ?? true {
                var serving = bar(
                    language.words.inService, kind: kinds.count, from: from, to: service.to)
                // How long a task served before it was called back says nothing.
                serving.labels = [language.words.inService]
                bars.append(serving)
            }
        }
        bars += life.stopping.map { phaseBar($0, isStopping: true) }
        return .init(label: name, series: series, bars: bars)
    }
}
