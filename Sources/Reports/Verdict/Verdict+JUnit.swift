import Drawing

extension Verdict {
    /// The verdict as a suite of tests, in the form that continuous integration reads: the command
    /// itself, each assertion, each finding, and each operation that Drydock lacks.
    package func junit() -> String {
        var cases = [testcase("command", failed: commandFailure)]
        cases += assertions.map { assertion in
            testcase(
                "assert \(assertion.text)",
                failed: assertion.holds ? nil : ("The assertion does not hold", assertion.values))
        }
        cases += findings.map {
            testcase(
                "finding \($0.name)",
                failed: ($0.title.english, "\($0.evidence.english) \($0.remedy.english)"))
        }
        cases += lacking.map { call in
            testcase(
                "call \(call.number) \(call.service) \(call.operation)",
                failed: ("Drydock lacks this operation", call.message ?? ""))
        }
        let failures = cases.filter { !$0.children.isEmpty }.count
        let suite = Markup.Element(
            "testsuite",
            [
                "name": "drydock exec \(title)", "tests": String(cases.count),
                "failures": String(failures), "errors": "0",
                "time": spent.wholeSeconds.decimals(3),
            ], cases)
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + suite.rendered()
    }

    private var commandFailure: (String, String)? {
        if ending == .exited(0) { return nil }
        return (Language.english.words.ending(ending), "")
    }

    private func testcase(_ name: String, failed: (String, String)?) -> Markup.Element {
        let failure = failed.map { message, text in
            Markup.Element("failure", ["message": message], text: text)
        }
        return Markup.Element(
            "testcase", ["classname": "drydock.exec", "name": name], failure.map { [$0] } ?? [])
    }
}
