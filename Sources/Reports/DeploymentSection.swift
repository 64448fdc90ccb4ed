import Drawing
import Experiments
import Simulation

/// One deployment on the page: the answer first, then the picture, then the figures.
struct DeploymentSection {
    let result: DeploymentResult
    /// Prefix of the ids inside.
    let id: String
    let language: Language
    /// Which of several it is.
    let number: String?

    /// Rows of a table that are shown at once.
    static let limit = 12

    private typealias Element = Markup.Element
    private var words: Words { language.words }

    var element: Markup.Element {
        let content =
            [heading] + sentences + [tiles, figure] + tables + [parts, probe] + events
        return Element(
            "section", ["class": "deployment", "aria-labelledby": "\(id)-heading"], content)
    }

    private var heading: Element {
        let title = Element(
            "h2", ["id": "\(id)-heading"],
            [
                .text(result.service + " "),
                .element(
                    HTML.element(
                        "span", class: "badge \(verdict.rawValue)", words.outcome(of: result))),
            ])
        let subtitle = [number, words.strategy(result.strategy)].compactMap { $0 }
        return Element(
            "div", ["class": "heading"],
            [title, HTML.element("p", class: "note", subtitle.joined(separator: " · "))])
    }

    private var verdict: Answer.Verdict { result.answer(in: language).verdict }

    private var sentences: [Element] {
        let sentences = result.answer(in: language).sentences.map(HTML.bound)
        let lead = HTML.element("p", class: "lead \(verdict.rawValue)", sentences[0])
        let rest = sentences.dropFirst().joined(separator: " ")
        return [lead, Element("p", text: rest)]
    }

    private var tiles: Element {
        var figures: [(figure: String, label: String)] = [
            (language.length(result.bothVersions.total), words.bothTile),
            (language.length(result.noVersion.total), words.downtimeTile),
            (result.restart.map(language.length) ?? words.notReached, words.restartTile),
        ]
        if result.probe.requests > 0 {
            figures.append((String(result.probe.failed), words.failedTile))
        }
        let tiles = figures.enumerated().map { index, tile in
            let isBad = index == 1 && result.noVersion.total > .zero
            return Element(
                "div", isBad || (index == 3 && result.probe.failed > 0) ? ["class": "bad"] : [:],
                [Element("dt", text: tile.label), Element("dd", text: HTML.bound(tile.figure))])
        }
        return HTML.element("dl", class: "tiles", tiles)
    }

    private var figure: Element {
        let chart = result.timeline(in: language, atMost: 120)
        let tasks = result.lives.count
        let isPart = chart.lanes.count < tasks
        let notes =
            [HTML.element("span", class: "wide", words.pointerNote)]
            + (isPart ? [Element("span", text: words.drawn(chart.lanes.count, of: tasks))] : [])
        return HTML.element(
            "figure", class: "timeline",
            [
                HTML.element(
                    "div", class: "wide",
                    [chart.svg(width: 960, id: "\(id)-wide", styled: false)]),
                HTML.element(
                    "div", class: "narrow",
                    [chart.svg(width: 350, id: "\(id)-narrow", styled: false)]),
                HTML.element("figcaption", class: "note", notes),
            ])
    }

    private var tables: [Element] {
        let tables = result.tables(in: language).map { table in
            Element(
                "div", [:],
                [Element("h3", text: table.title)] + folded(table, words.secondsNote))
        }
        return [HTML.element("div", class: "tables", tables)]
    }

    /// The table, or its beginning and the whole of it to unfold.
    private func folded(_ table: Table, _ caption: String) -> [Element] {
        guard table.rows.count > Self.limit else { return [HTML.table(table, caption: caption)] }
        var first = table
        first.rows = Array(table.rows.prefix(Self.limit))
        let rest = Element(
            "details", [:],
            [
                Element("summary", text: words.showAll(table.rows.count)),
                HTML.table(table, caption: caption),
            ])
        return [HTML.table(first, caption: caption), rest]
    }

    private var parts: Element {
        let groups = [
            ("touched", words.touched, result.updated), ("", words.untouched, result.untouched),
        ]
        let lists = groups.filter { !$0.2.isEmpty }.flatMap { style, title, names in
            [
                HTML.element("p", class: "note", title),
                HTML.element(
                    "ul", class: "parts \(style)",
                    names.map { Element("li", text: words.part($0)) }),
            ]
        }
        guard !lists.isEmpty else { return Element("div", [:], [Element]()) }
        return Element("div", [:], [Element("h3", text: words.parts)] + lists)
    }

    private var probe: Element {
        let cost = words.costs(language.number(result.costUSD, decimals: 6))
        return Element(
            "div", [:],
            [
                Element("h3", text: words.probeAndCost),
                Element("p", text: HTML.bound(words.probe(result.probe) + " " + cost)),
            ])
    }

    private var events: [Element] {
        guard !result.events.isEmpty else { return [] }
        let table = Table(
            title: words.events,
            columns: [.init(title: words.at), .init(title: words.message)],
            rows: result.events.map { [language.cell($0.at), $0.message] })
        return [
            Element(
                "div", ["class": "events"],
                [Element("h3", text: words.events)] + folded(table, words.secondsNote))
        ]
    }
}
