import Drawing
import Experiments
import Simulation

extension Verdict {
    /// The verdict as one page that needs nothing else.
    package func html(in language: Language = .english) -> String {
        let words = language.words
        var sections = [judgement(in: language)]
        sections += deployments.enumerated().map { index, deployment in
            DeploymentSection(
                result: deployment.result, id: "d\(index + 1)", language: language,
                number: deployments.count > 1
                    ? words.numbered(index + 1, of: deployments.count) : nil
            ).element
        }
        var tables = [callTable(in: language)]
        if let table = percentileTable(in: language) { tables.insert(table, at: 0) }
        sections += tables.filter { !$0.rows.isEmpty }.map { table in
            HTML.element(
                "section", class: "deployment", [HTML.table(table, caption: table.title)])
        }
        return HTML.page(
            title: "drydock exec: \(title)", in: language,
            notes: [
                words.ending(ending), words.place(account, region, startedFrom, seed: String(seed)),
            ], sections: sections)
    }

    private func judgement(in language: Language) -> Markup.Element {
        typealias Element = Markup.Element
        let words = language.words
        var content = [Element("h2", text: words.findings)]
        if findings.isEmpty {
            content.append(HTML.element("p", class: "lead good", words.noFindings))
        }
        for finding in findings {
            content.append(
                Element(
                    "div", ["id": finding.name],
                    [
                        HTML.element("p", class: "lead bad", finding.title.text(in: language)),
                        Element(
                            "p",
                            text: "\(words.evidence): \(finding.evidence.text(in: language))"),
                        Element(
                            "p", text: "\(words.remedy): \(finding.remedy.text(in: language))"),
                    ]))
        }
        if !assertions.isEmpty {
            content.append(Element("h3", text: words.assertions))
            content += assertions.map { assertion in
                HTML.element(
                    "p", class: assertion.holds ? "note" : "lead bad",
                    "\(assertion.holds ? words.holds : words.fails): \(assertion.text) "
                        + "(\(assertion.values))")
            }
        }
        content += sentences(in: language).map { Element("p", text: $0) }
        content += assumed.map {
            Element("p", text: "\(words.assumed): \(words.assumed($0.kind, $0.name))")
        }
        content.append(HTML.element("p", class: "note", spent(in: language)))
        return HTML.element("section", class: "deployment", content)
    }
}
