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
        return HTML.page(
            title: words.title(scenario, seed: String(seed)), heading: scenario, in: language,
            notes: [words.seed(String(seed))], sections: sections)
    }
}

extension HTML {
    /// A page of its own: no script, no font, no other file.
    ///
    /// - Parameters:
    ///   - heading: What stands on top; the title if left out.
    ///   - notes: What stands below the heading.
    static func page(
        title: String, heading: String? = nil, in language: Language, notes: [String],
        sections: [Element]
    ) -> String {
        let body = Element(
            "body", [:],
            [
                Element(
                    "header", [:],
                    [Element("h1", text: heading ?? title)]
                        + notes.map { element("p", class: "note", $0) }),
                Element("main", [:], sections),
                Element(
                    "footer", [:], [element("p", class: "note", language.words.virtualTime)]),
            ])
        let page = Element("html", ["lang": language.rawValue], [head(title), body])
        return "<!DOCTYPE html>\n" + page.rendered()
    }

    private static func head(_ title: String) -> Element {
        Element(
            "head", [:],
            [
                Element("meta", ["charset": "utf-8"], [Element]()),
                meta("viewport", "width=device-width, initial-scale=1"),
                meta("color-scheme", "light dark"),
                // Nothing is fetched and nothing runs, even if a name should get through.
                Element(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content": "default-src 'none'; style-src 'unsafe-inline'",
                    ], [Element]()),
                Element("title", text: "\(title) – Drydock"),
                Element(
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
