import Testing

@testable import Rehearsal

@Suite struct AssertionTests {
    static let measures = Measures([
        .downtime: 0, .bothVersions: 55.25, .failedRequests: 2, .cost: 0.0012, .rollbacks: 0,
        .deployments: 1,
    ])

    @Test(arguments: [
        ("downtime == 0", true), ("downtime==0", true), ("both_versions < 120s", true),
        ("both_versions < 55.25 s", false), ("both_versions <= 55.25s", true),
        ("both_versions < 1 min", true), ("both_versions > 55250 ms", false),
        ("failed_requests == 0", false), ("cost < 0.05 USD", true), ("rollbacks != 1", true),
        ("downtime == 0 and failed_requests == 0", false),
        ("downtime == 0 or failed_requests == 0", true),
        ("failed_requests == 0 and downtime == 0 or rollbacks == 0", true),
        ("failed_requests == 0 and (downtime == 0 or rollbacks == 0)", false),
        ("not failed_requests == 0", true), ("not (downtime > 0 or rollbacks > 0)", true),
        // There is no such figure in these.
        ("restart < 1 h", false), ("not restart < 1 h", false), ("restart < 1 or cost > 0", true),
    ])
    func holds(text: String, expected: Bool) throws {
        let verdict = try Assertion(text).judge(Self.measures)
        #expect(verdict.holds == expected)
        #expect(verdict.text == text)
    }

    @Test(arguments: [
        (
            "dowtime == 0",
            "at \"dowtime\" (letter 1): there is no figure \"dowtime\". "
                + "Did you mean \"downtime\"?"
        ),
        ("downtime = 0", "at \"=\" (letter 10): expected ==, !=, <, <=, > or >="),
        ("downtime == ", "at its end: expected a number"),
        ("downtime == 1.2.3", "at \"1.2.3\" (letter 13): expected a number"),
        ("rollbacks < 2 s", "rollbacks has no unit \"s\"; it is a plain number"),
        ("cost < 5 EUR", "cost has no unit \"EUR\"; it has USD"),
        ("downtime == 0 and", "at its end: expected the name of a figure"),
        ("(downtime == 0", "at its end: expected \")\""),
        ("downtime == 0)", "at \")\" (letter 14): expected \"and\", \"or\" or the end"),
        ("downtime == 0 & rollbacks == 0", "at \"&\" (letter 15)"), ("", "at its end"),
        (String(repeating: "(", count: 60), "too many parentheses"),
    ])
    func refuses(text: String, says: String) {
        let problem = #expect(throws: Assertion.Problem.self) { try Assertion(text) }
        #expect(problem?.description.contains(says) == true, "\(problem?.description ?? "")")
    }

    @Test func saysWhatItFound() throws {
        let verdict = try Assertion("both_versions < 1 and cost < 1 and restart < 1")
            .judge(Self.measures)
        #expect(
            verdict.values
                == "both_versions is 55.25 s, cost is 0.0012 USD, restart is unknown")
    }

    @Test(arguments: [
        (0.0, 3, "0"), (1.5, 3, "1.5"), (0.0004, 3, "0"), (-0.25, 2, "-0.25"), (12.0, 0, "12"),
        (33.3336, 3, "33.334"),
    ])
    func writesNumbers(value: Double, decimals: Int, text: String) {
        #expect(value.plain(decimals: decimals) == text)
    }
}
