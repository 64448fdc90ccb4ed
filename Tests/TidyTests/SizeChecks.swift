private let columns = 100
private let linesOfFile = 500
private let linesOfFunction = 60

extension Check {
    static let size: [Check] = [
        Check(
            "No line has more than \(columns) columns, but for texts that a test expects.",
            samples: [
                swift(String(repeating: "é", count: columns), finds: false),
                swift(String(repeating: "x", count: columns + 1), finds: true),
                Sample(
                    TextFile("scripts/test", "\n" + String(repeating: "x", count: columns + 1)),
                    finds: "scripts/test:2"),
                Sample(TextFile("README.md", String(repeating: "x", count: columns + 1))),
                Sample(TextFile("Tests/A/A.swift", "    \"\(long)\"),\n\"\"\"\n\(long)\n\"\"\"")),
                Sample(
                    TextFile("Tests/A/A.swift", "let a = \"\(long)\""),
                    finds: "Tests/A/A.swift:1"),
            ],
            inEach: { file in
                guard file.isOurSwift || file.path.hasPrefix("scripts/") else { return [] }
                return file.text.each.enumerated().compactMap { number, line in
                    // As many bytes are at least as many columns.
                    guard line.utf8.count > columns, line.count > columns else { return nil }
                    // What a test expects word for word stays in one piece.
                    let isText = !file.code.each[number].contains { $0.isLetter || $0.isNumber }
                    if isText, file.path.hasPrefix("Tests/") { return nil }
                    return file.problem(
                        at: number + 1, "has \(line.count) columns, more than \(columns)")
                }
            }),
        Check(
            "No file has more than \(linesOfFile) lines.",
            samples: [
                swift(String(repeating: "\n", count: linesOfFile), finds: false),
                Sample(
                    TextFile("Sources/A/A.swift", String(repeating: "\n", count: linesOfFile + 1)),
                    finds: "Sources/A/A.swift:501"),
                Sample(
                    TextFile(
                        "Sources/A/Generated/A.swift",
                        String(repeating: "\n", count: linesOfFile + 1))),
            ],
            inEach: { file in
                let count = file.text.each.count - (file.text.all.hasSuffix("\n") ? 1 : 0)
                guard file.isOurSwift, count > linesOfFile else { return [] }
                return [file.problem(at: linesOfFile + 1, "is one of \(count) lines of its file")]
            }),
        Check(
            "No function has more than \(linesOfFunction) lines.",
            samples: functionSamples, inEach: longFunctions),
    ]

    private static let long = String(repeating: "x", count: columns)

    private static func swift(_ code: String, finds: Bool) -> Sample {
        let file = TextFile("Sources/A/A.swift", code)
        return finds ? Sample(file, finds: "Sources/A/A.swift:1") : Sample(file)
    }

    private static let functionSamples: [Sample] = {
        let fits = String(repeating: "    a()\n", count: linesOfFunction - 2)
        return [
            swift("func a() {\n\(fits)}\n", finds: false),
            swift("func a() {\n\(fits)\n}\n", finds: true),
            swift("@A public func a(b: () -> C = { d }) -> [E] {\n\(fits)\n}\n", finds: true),
            swift("init?(a: A) {\n\(fits)\n}\n", finds: true),
            swift("var a: A {\n\(fits)\n}\n", finds: true),
            swift("func a() {\n// }\nlet b = \"}\"\n\(fits)}\n", finds: true),
            swift("protocol A {\n    func a()\n}\nextension B {\n\(fits)\n}\n", finds: false),
            swift("protocol A {\n  func a()\n  func b()\n}\nenum C {\n\(fits)\n}", finds: false),
        ]
    }()

    private static let declaration: String = {
        let attributes = #"(?:@\w+(?:\([^)]*\))?\s+)*"#
        let modifiers =
            #"(?:(?:public|package|internal|private|fileprivate|static|mutating|override|final"#
            + #"|convenience|required|nonisolated|private\(set\))\s+)*"#
        let kinds =
            #"(?:func\s+([^\s(<]+)|(init)[?!]?[(<]|(subscript)[ (<]|var\s+(\w+)[^={\n]*(?=\{\s*$))"#
        return #"^[ \t]*"# + attributes + modifiers + kinds
    }()

    @Sendable private static func longFunctions(_ file: TextFile) -> [Problem] {
        guard file.isOurSwift else { return [] }
        let units = Array(file.code.all.utf16)
        let declarations = file.code.matches(declaration)
        return declarations.enumerated().compactMap { number, found in
            let next =
                number + 1 < declarations.count
                ? declarations[number + 1].range.lowerBound : units.count
            // A signature ends where its body begins; a requirement of a protocol has none.
            let start = found.range.upperBound - (found.groups[0].last == "(" ? 1 : 0)
            guard let body = body(in: units, from: start, before: next) else { return nil }
            let lines = file.code.line(at: body) - found.line + 1
            guard lines > linesOfFunction else { return nil }
            let name = found.groups.dropFirst().first { !$0.isEmpty } ?? ""
            return file.problem(
                at: found.line,
                "begins \(name), which has \(lines) lines, more than \(linesOfFunction)")
        }
    }

    /// - Returns: Where the body of what is declared at `start` ends.
    private static func body(in units: [UInt16], from start: Int, before next: Int) -> Int? {
        let (open, close) = (Set("([".utf16), Set(")]".utf16))
        let (openBrace, closeBrace) = ("{".utf16.first!, "}".utf16.first!)
        var depth = 0
        var index = start
        while index < next {
            let unit = units[index]
            if open.contains(unit) { depth += 1 }
            if close.contains(unit) { depth -= 1 }
            if depth == 0, unit == closeBrace { return nil }
            if depth == 0, unit == openBrace { break }
            index += 1
        }
        guard index < next else { return nil }
        var braces = 0
        for place in index..<units.count {
            if units[place] == openBrace { braces += 1 }
            if units[place] == closeBrace { braces -= 1 }
            if braces == 0 { return place }
        }
        return nil
    }
}
