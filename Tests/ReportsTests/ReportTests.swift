import Drawing
import Experiments
import Foundation
import Simulation
import Testing

@testable import Reports

/// What must hold for every report of every result.
struct ReportTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let result: RunResult
        let testDescription: String
    }

    static let examples = [
        Example(result: Examples.refcard, testDescription: "refcard"),
        Example(result: Examples.stuck, testDescription: "stuck"),
        Example(result: Examples.downtime, testDescription: "downtime"),
        Example(result: Examples.hostile, testDescription: "hostile"),
        Example(result: Examples.two, testDescription: "two"),
        Example(result: Examples.hundred, testDescription: "hundred"),
        Example(result: Examples.none, testDescription: "none"),
    ]

    @Test(arguments: examples, [60, 72, 80, 100, 160])
    func noLineIsTooWide(_ example: Example, width: Int) {
        for language in Language.allCases {
            let options = TextOptions(width: width, events: true, language: language)
            let lines = example.result.text(options).split(separator: "\n").map(String.init)
            #expect(lines.allSatisfy { $0.columns <= width })
            #expect(lines.allSatisfy { $0.last != " " })
        }
    }

    @Test(arguments: examples) func asciiIsAscii(_ example: Example) {
        let options = TextOptions(ascii: true, events: true, language: .german)
        #expect(example.result.text(options).utf8.allSatisfy { $0 == 0x0A || 0x20...0x7E ~= $0 })
    }

    @Test(arguments: examples) func terminalGetsNoCommandsWithoutColour(_ example: Example) {
        let text = example.result.text(TextOptions(events: true))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
        let coloured = example.result.text(TextOptions(colour: true, events: true))
        let plain = coloured.replacing(/\u{1B}\[[0-9]+m/, with: "")
        #expect(plain == text)
    }

    @Test(arguments: examples, Language.allCases)
    func pageIsWellFormed(_ example: Example, language: Language) {
        let page = example.result.html(in: language)
        #expect(unclosed(in: page) == [])
        #expect(!page.lowercased().contains("<script"))
        #expect(!page.contains("src=") && !page.contains("href=") && !page.contains("url("))
        #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
    }

    @Test(arguments: examples) func idsAreUnique(_ example: Example) {
        let ids = example.result.html().matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
    }

    @Test(arguments: examples) func jsonIsRead(_ example: Example) throws {
        let object = try JSONSerialization.jsonObject(with: Data(example.result.json().utf8))
        let run = try #require(object as? [String: Any])
        #expect(run["scenario"] as? String == example.result.scenario)
        #expect((run["deployments"] as? [Any])?.count == example.result.deployments.count)
    }

    @Test(arguments: examples) func csvRowsHaveElevenFields(_ example: Example) {
        let rows = fields(ofCSV: example.result.csv())
        #expect(rows.allSatisfy { $0.count == 11 })
        #expect(rows.dropFirst().allSatisfy { $0[0] == example.result.scenario })
    }

    @Test func languagesShareNoSentence() {
        let english = Examples.two.deployments[1].answer(in: .english).sentences
        let german = Examples.two.deployments[1].answer(in: .german).sentences
        #expect(english.count == german.count)
        #expect(Set(english).isDisjoint(with: german))
    }

    /// The names of elements that are closed in the wrong place, or not at all.
    private func unclosed(in page: String) -> [String] {
        var open: [String] = []
        for match in page.matches(of: /<(\/?)([a-z0-9]+)(?:\s[^<>]*?)?(\/?)>/) {
            let name = String(match.2)
            if !match.3.isEmpty { continue }
            if match.1.isEmpty {
                open.append(name)
            } else if open.popLast() != name {
                return ["</\(name)>"]
            }
        }
        return open
    }

    private func fields(ofCSV text: String) -> [[String]] {
        var rows: [[String]] = [[""]]
        var isQuoted = false
        for scalar in text.unicodeScalars {
            let (row, field) = (rows.count - 1, rows[rows.count - 1].count - 1)
            switch scalar {
            case "\"":
                // A quote within ends the quoted part, and its double begins it anew.
                if !isQuoted && !rows[row][field].isEmpty { rows[row][field] += "\"" }
                isQuoted.toggle()
            case "," where !isQuoted: rows[row].append("")
            case "\r" where !isQuoted: continue
            case "\n" where !isQuoted: rows.append([""])
            default: rows[row][field].unicodeScalars.append(scalar)
            }
        }
        return rows.dropLast()
    }
}

/// How times are written for people.
struct LanguageTests {
    static let cases: [(Duration, String, String)] = [
        (.zero, "0 s", "0 s"), (.milliseconds(40), "under 0.1 s", "unter 0,1 s"),
        (.milliseconds(50), "0.1 s", "0,1 s"), (.milliseconds(18_150), "18.2 s", "18,2 s"),
        (.milliseconds(-18_150), "-18.2 s", "-18,2 s"), (.seconds(30), "30 s", "30 s"),
        (.milliseconds(599_940), "599.9 s", "599,9 s"), (.seconds(600), "10 min", "10 min"),
        (.seconds(1834), "30 min 34 s", "30 min 34 s"), (.hours(3), "3 h", "3 h"),
        (.minutes(135), "2 h 15 min", "2 h 15 min"),
    ]

    @Test(arguments: cases) func length(_ c: (Duration, String, String)) {
        #expect(Language.english.length(c.0) == c.1)
        #expect(Language.german.length(c.0) == c.2)
    }

    @Test func programsGetThreeDecimals() {
        #expect(Duration(nanoseconds: 46_200_500_000).seconds3 == "46.201")
        #expect(Duration(nanoseconds: 46_200_499_999).seconds3 == "46.2")
        #expect(Duration(nanoseconds: -500_000).seconds3 == "-0.001")
        #expect(Duration(nanoseconds: -499_999).seconds3 == "0")
        #expect(Duration.seconds(7).seconds3 == "7")
    }

    @Test func digestsAreShortened() {
        let digest = "sha256:" + String(repeating: "0a1b", count: 16)
        #expect(Version.short(digest) == "0a1b0a1b0a1b")
        #expect(Version.short("sha256:0a1b") == "sha256:0a1b")
    }
}
