import Drawing
import Experiments
import Simulation

extension Verdict {
    /// The verdict for people at a terminal.
    package func text(_ options: TextOptions = TextOptions()) -> String {
        var page = TextPage(options: options)
        page.write(self)
        return page.lines.map { $0 + "\n" }.joined()
    }
}

extension TextPage {
    fileprivate mutating func write(_ verdict: Verdict) {
        heading("drydock exec: \(verdict.title)", rule: "═")
        paragraph(words.ending(verdict.ending))
        paragraph(
            words.place(
                verdict.account, verdict.region, verdict.startedFrom, seed: String(verdict.seed)))
        if verdict.deployments.isEmpty { paragraph(words.nothingDeployed) }
        for (index, deployment) in verdict.deployments.enumerated() {
            write(deployment, number: index + 1, of: verdict.deployments.count)
        }
        write(verdict.findings)
        write(verdict.assertions)
        if let table = verdict.percentileTable(in: language) { write(table) }
        let sentences = verdict.sentences(in: language)
        if !sentences.isEmpty { lines.append("") }
        for sentence in sentences { paragraph(sentence) }
        if !verdict.assumed.isEmpty {
            section(words.assumed)
            for assumed in verdict.assumed {
                paragraph("- " + words.assumed(assumed.kind, assumed.name), margin: 2)
            }
        }
        if !verdict.calls.isEmpty { write(verdict.callTable(in: language), atMost: 60) }
        if verdict.omittedCalls > 0 { paragraph(words.omitted(verdict.omittedCalls), margin: 2) }
        lines.append("")
        paragraph(verdict.spent(in: language))
    }

    private mutating func write(_ deployment: Verdict.Deployment, number: Int, of count: Int) {
        let result = deployment.result
        heading(
            words.numbered(number, of: count) + ": \(result.service), "
                + words.outcome(of: result), rule: "─")
        if deployment.isFirst { paragraph(words.firstDeployment, margin: 2) }
        let answer = result.answer(in: language)
        let ink: TextChart.Ink =
            switch answer.verdict {
            case .good: .strong
            case .caution: .warning
            case .bad: .danger
            }
        for (index, sentence) in answer.sentences.enumerated() {
            paragraph(sentence, margin: 2, ink: index == 0 && !deployment.isFirst ? ink : .plain)
        }
        for table in result.tables(in: language)
        where [words.starting, words.stopping].contains(table.title) {
            write(table, atMost: 8)
        }
    }

    private mutating func write(_ findings: [Finding]) {
        section(words.findings)
        if findings.isEmpty { paragraph(words.noFindings, margin: 2) }
        for finding in findings {
            paragraph(
                "\(finding.title.text(in: language)) [\(finding.name)]", margin: 2, ink: .danger)
            paragraph("\(words.evidence): \(finding.evidence.text(in: language))", margin: 4)
            paragraph("\(words.remedy): \(finding.remedy.text(in: language))", margin: 4)
        }
    }

    private mutating func write(_ assertions: [Verdict.Assertion]) {
        guard !assertions.isEmpty else { return }
        section(words.assertions)
        for assertion in assertions {
            paragraph(
                "\(assertion.holds ? words.holds : words.fails): \(assertion.text) "
                    + "(\(assertion.values))", margin: 2,
                ink: assertion.holds ? .plain : .danger)
        }
    }
}
