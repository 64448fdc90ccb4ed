import Testing

/// Reads the sources and says where they do not keep to the rules of this repository.
@Suite struct TidyTests {
    @Test(arguments: Check.all) func theRepositoryKeepsToTheRule(_ check: Check) {
        for problem in check.problems(.here) { Issue.record("\(problem)") }
    }

    @Test(arguments: Check.all) func theCheckTellsGoodFromBad(_ check: Check) {
        #expect(check.samples.contains { !$0.found.isEmpty }, "no sample breaks the rule")
        for sample in check.samples {
            #expect(check.problems(sample.repository).map(\.place) == sample.found)
        }
    }

    @Test func theRepositoryIsFound() {
        let paths = Repository.here.files.map(\.path)
        for path in ["Package.swift", "Sources/Cloud/Cloud.swift", "scripts/generate-api"] {
            #expect(paths.contains(path))
        }
    }

    @Test func blankingLeavesTheCode() {
        let cases = [
            ("let a = 1 // one", "let a = 1       "),
            ("/* a /* b */ c */ let d", "                  let d"),
            (#"f("a // b") + c"#, #"f("      ") + c"#),
            (#"f("a\(b("c"))d")"#, #"f("  (b(" ")) ")"#),
            (##"f(#"a"b\(c)"#, d)"##, ##"f(#"       "#, d)"##),
            ("\"\"\"\na {\n\"\"\" }", "\"\"\"\n   \n\"\"\" }"),
            (#""\"{" {"#, #""   " {"#),
            ("#if a\n\"b\"", "#if a\n\" \""),
        ]
        for (text, code) in cases { #expect(Blanking.blanked(text) == code) }
    }
}
