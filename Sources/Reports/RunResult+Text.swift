import Drawing
import Experiments
import Simulation

/// How a report for a terminal is written.
public struct TextOptions: Sendable {
    /// In columns; at least 60 are used.
    public var width = 100
    /// Writes ASCII alone, for terminals and logs that know nothing else.
    public var ascii = false
    /// Adds ANSI colours.
    public var colour = false
    /// Adds the events of the service, word for word.
    public var events = false
    public var language = Language.english

    public init(
        width: Int = 100, ascii: Bool = false, colour: Bool = false, events: Bool = false,
        language: Language = .english
    ) {
        self.width = width
        self.ascii = ascii
        self.colour = colour
        self.events = events
        self.language = language
    }
}

extension RunResult {
    /// The result for people at a terminal: the answer, the timeline, the tables.
    ///
    /// No line is wider than asked for, none ends in spaces, and the text ends with a line break.
    public func text(_ options: TextOptions = TextOptions()) -> String {
        var report = TextPage(options: options)
        report.write(self)
        return report.lines.map { $0 + "\n" }.joined()
    }
}

extension TextPage {
    fileprivate mutating func write(_ result: RunResult) {
        heading(words.title(result.scenario, seed: String(result.seed)), rule: "═")
        if result.deployments.isEmpty { paragraph(words.noDeployment) }
        for (index, deployment) in result.deployments.enumerated() {
            let count = result.deployments.count
            if count > 1 { heading(words.numbered(index + 1, of: count), rule: "─") }
            write(deployment)
        }
    }

    private mutating func write(_ result: DeploymentResult) {
        let strategy = words.strategy(result.strategy)
        paragraph("\(result.service): \(strategy), \(words.outcome(of: result)).")
        writeAnswer(of: result)
        writeTimeline(of: result)
        for table in result.tables(in: language) { write(table) }
        writeRest(of: result)
        if options.events { writeEvents(of: result) }
    }

    private mutating func writeAnswer(of result: DeploymentResult) {
        lines.append("")
        let answer = result.answer(in: language)
        let ink: TextChart.Ink =
            switch answer.verdict {
            case .good: .strong
            case .caution: .warning
            case .bad: .danger
            }
        for (index, sentence) in answer.sentences.enumerated() {
            paragraph(sentence, margin: 2, ink: index == 0 ? ink : .plain)
        }
    }

    private mutating func writeTimeline(of result: DeploymentResult) {
        section(words.timeline)
        let chart = result.timeline(in: language, atMost: Self.limit)
        let drawing = chart.textChart(width: width, ascii: options.ascii)
        lines += drawing.lines(colour: options.colour)
        let tasks = result.lives.count
        if chart.lanes.count < tasks { paragraph(words.drawn(chart.lanes.count, of: tasks)) }
    }

    /// What is said in a line: the parts, the probe, the cost.
    private mutating func writeRest(of result: DeploymentResult) {
        let rest = [
            (words.touched, result.updated.map(words.part).joined(separator: ", ")),
            (words.untouched, result.untouched.map(words.part).joined(separator: ", ")),
            (words.probe, words.probe(result.probe)),
            (words.cost, words.costs(language.number(result.costUSD, decimals: 6))),
        ].filter { !$0.1.isEmpty }.map {
            ($0.printable(ascii: options.ascii), $1.printable(ascii: options.ascii))
        }
        let size = (rest.map(\.0.columns).max() ?? 0) + 2
        lines.append("")
        for (title, text) in rest {
            for (index, line) in text.wrapped(to: width - size - 2).enumerated() {
                let left = index == 0 ? title : ""
                let ink = TextChart.Ink.strong
                let label = ink.colouring(left.padded(to: size), options.colour && index == 0)
                lines.append("  \(label)\(line)")
            }
        }
    }

    private mutating func writeEvents(of result: DeploymentResult) {
        guard !result.events.isEmpty else { return }
        section(words.events)
        let times = result.events.map { language.cell($0.at) }
        let size = times.map(\.columns).max() ?? 0
        for (event, time) in zip(result.events, times) {
            let message = event.message.printable(ascii: options.ascii)
            for (index, line) in message.wrapped(to: width - size - 4).enumerated() {
                let left = index == 0 ? time.padded(to: size, right: true) : "".padded(to: size)
                lines.append("  \(left)  \(line)")
            }
        }
    }
}
