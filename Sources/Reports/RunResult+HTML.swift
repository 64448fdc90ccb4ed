import Drawing
import Experiments
import Simulation

extension RunResult {
    /// The result as one page that needs nothing else: no script, no font, no other file.
    ///
    /// It follows the reader's choice of light or dark and fits a phone. Whatever the run brought
    /// along, names and messages, is escaped.
    public func html(in language: Language = .english) -> String {
        let words = language.words
        let count = deployments.count
        let sections =
            count == 0
            ? [HTML.element("p", class: "lead", words.noDeployment)]
            : deployments.enumerated().map { index, deployment in
                DeploymentSection(
                    result: deployment, id: "d\(index + 1)", language: language,
                    number: count > 1 ? words.numbered(index + 1, of: count) : nil
                ).element
            }
        let body = HTML.Element(
            "body", [:],
            [
                HTML.Element(
                    "header", [:],
                    [
                        HTML.Element("h1", text: scenario),
                        HTML.element("p", class: "note", words.seed(String(seed))),
                    ]),
                HTML.Element("main", [:], sections),
                HTML.Element("footer", [:], [HTML.element("p", class: "note", words.virtualTime)]),
            ])
        let page = HTML.Element(
            "html", ["lang": language.rawValue], [head(in: language), body])
        return "<!DOCTYPE html>\n" + page.rendered()
    }

    private func head(in language: Language) -> HTML.Element {
        let title = language.words.title(scenario, seed: String(seed))
        return HTML.Element(
            "head", [:],
            [
                HTML.Element("meta", ["charset": "utf-8"], [HTML.Element]()),
                HTML.meta("viewport", "width=device-width, initial-scale=1"),
                HTML.meta("color-scheme", "light dark"),
                // Nothing is fetched and nothing runs, even if a name should get through.
                HTML.Element(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content": "default-src 'none'; style-src 'unsafe-inline'",
                    ], [HTML.Element]()),
                HTML.Element("title", text: "\(title) – Drydock"),
                HTML.Element(
                    "style", [:], [.raw("\n" + TimelineChart.styleSheet + HTML.styleSheet)]),
            ])
    }
}

/// The few elements that the page is made of.
enum HTML {
    typealias Element = Markup.Element

    static func element(_ name: String, class style: String, _ text: String) -> Element {
        Element(name, ["class": style], text: text)
    }

    static func element(_ name: String, class style: String, _ children: [Element]) -> Element {
        Element(name, ["class": style], children)
    }

    /// The sentence with each number tied to the word after it, so that no line ends in between.
    static func bound(_ sentence: String) -> String {
        var out = ""
        for character in sentence {
            let isGap = character == " " && out.last.map { "0"..."9" ~= $0 } ?? false
            out.append(isGap ? "\u{A0}" : character)
        }
        return out
    }

    static func meta(_ name: String, _ content: String) -> Element {
        Element("meta", ["name": name, "content": content], [Element]())
    }

    /// A table that scrolls sideways by itself where the screen is narrower.
    static func table(_ table: Table, caption: String) -> Element {
        let head = table.columns.map { column in
            Element(
                "th", column.isNumber ? ["scope": "col", "class": "number"] : ["scope": "col"],
                text: column.title)
        }
        let rows = table.rows.map { cells in
            Element("tr", [:], cells.indices.map { cell(cells[$0], table.columns[$0], at: $0) })
        }
        let content = [
            Element("caption", text: caption),
            Element("thead", [:], [Element("tr", [:], head)]),
            Element("tbody", [:], rows),
        ]
        // Reachable by keyboard, as all that scrolls should be.
        return Element(
            "div",
            ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
            [Element("table", [:], content)])
    }

    private static func cell(_ text: String, _ column: Table.Column, at index: Int) -> Element {
        if index == 0 { return Element("th", ["scope": "row"], text: text) }
        return column.isNumber
            ? element("td", class: "number", text) : Element("td", text: text)
    }
}
