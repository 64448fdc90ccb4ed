import Experiments
import Foundation
import Reports
import Testing

/// Reports compared with files under `Expected`, as text.
///
/// With `DRYDOCK_UPDATE=1` in the environment the files are written anew instead: read their
/// difference before committing it.
struct ExpectedFiles {
    struct Case: CustomTestStringConvertible, Sendable {
        let file: String
        let text: @Sendable () -> String
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "refcard.json") { Examples.refcard.json() },
        Case(file: "refcard.csv") { Examples.refcard.csv() },
        Case(file: "refcard.txt") { Examples.refcard.text(TextOptions(events: true)) },
        Case(file: "refcard-80.txt") { Examples.refcard.text(TextOptions(width: 80)) },
        Case(file: "refcard-ascii.txt") {
            Examples.refcard.text(TextOptions(width: 80, ascii: true, language: .german))
        },
        Case(file: "refcard.html") { Examples.refcard.html() },
        Case(file: "refcard.de.html") { Examples.refcard.html(in: .german) },
        Case(file: "stuck.txt") { Examples.stuck.text() },
        Case(file: "stuck.json") { Examples.stuck.json() },
        Case(file: "downtime.txt") { Examples.downtime.text() },
        Case(file: "downtime.html") { Examples.downtime.html() },
        Case(file: "hostile.json") { Examples.hostile.json() },
        Case(file: "hostile.csv") { Examples.hostile.csv() },
        Case(file: "hostile.txt") { Examples.hostile.text(TextOptions(events: true)) },
        Case(file: "hostile.html") { Examples.hostile.html() },
        Case(file: "two.txt") { Examples.two.text() },
        Case(file: "two.html") { Examples.two.html() },
        Case(file: "hundred.txt") { Examples.hundred.text() },
        Case(file: "none.json") { Examples.none.json() },
        Case(file: "none.csv") { Examples.none.csv() },
        Case(file: "none.txt") { Examples.none.text() },
        Case(file: "none.html") { Examples.none.html() },
        Case(file: "hundred.svg") {
            Examples.hundred.deployments[0].timeline().svg().rendered()
        },
    ]

    @Test(arguments: cases) func equals(_ c: Case) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = folder.appendingPathComponent("Expected/\(c.file)")
        let text = c.text()
        if ProcessInfo.processInfo.environment["DRYDOCK_UPDATE"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text.split(separator: "\n") == expected.split(separator: "\n"))
        #expect(Array(text.utf8) == Array(expected.utf8), "differs in white space or line ends")
    }
}
