import Testing

@testable import Drawing

/// What must hold for every layout, tried on diagrams made at random.
struct DiagramTests {
    /// Numbers that are the same each time for the same seed.
    struct Dice {
        var state: UInt64
        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }
    }

    static func random(_ seed: UInt64) -> Diagram {
        var dice = Dice(state: seed &* 7919 &+ 1)
        var diagram = Diagram(title: "Diagram \(seed)", summary: "Something")
        let (columns, bands) = (2 + dice.roll(5), 1 + dice.roll(3))
        func word(_ most: Int) -> String {
            String(repeating: ["a", "0", "W", "i", "ü"][dice.roll(5)], count: dice.roll(most))
        }
        for index in 0..<(3 + dice.roll(25)) {
            diagram.boxes.append(
                .init(
                    "b\(index)", word(50), (0..<dice.roll(5)).map { _ in word(40) },
                    tone: .series(dice.roll(5)), column: dice.roll(columns), band: dice.roll(bands))
            )
        }
        for _ in 0..<dice.roll(30) {
            diagram.connect(
                "b\(dice.roll(diagram.boxes.count))", "b\(dice.roll(diagram.boxes.count))",
                word(14), direction: [.forward, .backward, .both][dice.roll(3)],
                tone: [.plain, .danger, .series(1)][dice.roll(3)])
        }
        let last = diagram.boxes.map(\.column).max()!
        let first = min(dice.roll(2), last)
        let lowest = diagram.boxes.map(\.band).max()!
        diagram.groups = [.init(word(60), columns: first...last, bands: 0...lowest)]
        for column in first...last where dice.roll(2) == 0 {
            for band in 0...lowest where dice.roll(2) == 0 {
                diagram.groups.append(
                    .init(word(30), columns: column...column, bands: band...band))
            }
        }
        return diagram
    }

    @Test(arguments: UInt64(0)..<150) func nothingCoversAnythingElse(seed: UInt64) {
        let diagram = Self.random(seed)
        #expect(LayoutFaults.of(diagram) == [])
    }

    @Test func arrowsGetTheWayTheyPoint() {
        var diagram = Diagram(title: "", summary: "")
        diagram.boxes = [.init("a", "A", column: 0), .init("b", "B", column: 1)]
        diagram.connect("b", "a", "leads back")
        #expect(diagram.edges[0].direction == .backward)
        #expect(diagram.mermaid().contains("    b -->|\"leads back\"| a\n"))
        #expect(diagram.dot().contains("    a -> b [label=\"leads back\", dir=back]\n"))
        let lines = diagram.textLines(width: 40, again: "again")
        #expect(lines == ["B", "└─▶ [leads back] A"])
    }

    @Test func whatIsMetTwiceIsWrittenOnce() {
        var diagram = Diagram(title: "", summary: "")
        diagram.boxes = [
            .init("a", "A", column: 0), .init("b", "B", ["line"], column: 1),
            .init("c", "C", column: 0),
        ]
        diagram.connect("a", "b")
        diagram.connect("c", "b")
        let lines = diagram.textLines(width: 40, ascii: true, again: "again")
        #expect(lines == ["A", "`-> B", "       line", "", "C", "`-> B (again)"])
    }

    @Test func aCircleIsDrawnToo() {
        var diagram = Diagram(title: "", summary: "")
        diagram.boxes = [.init("a", "A", column: 0), .init("b", "B", column: 1)]
        diagram.connect("a", "b")
        diagram.connect("b", "a")
        #expect(diagram.textLines(width: 40, again: "again").count == 3)
    }

    @Test func namesCannotBreakOut() {
        var diagram = Diagram(title: "a\"b\\", summary: "")
        diagram.boxes = [
            .init("a", "<script>\"]\n", ["\u{1B}[31m", "#quot;"], column: 0)
        ]
        let svg = diagram.svg().rendered()
        #expect(!svg.contains("<script>") && !svg.contains("\u{1B}"))
        #expect(
            diagram.mermaid().contains(
                "a[\"#lt;script#gt;#quot;] <br/>\u{FFFD}[31m<br/>#35;quot;\"]"))
        #expect(diagram.dot().contains("label=\"a\\\"b\\\\\""))
        #expect(diagram.dot().contains("a [label=\"<script>\\\"] \\n\u{FFFD}[31m\\n#quot;\"]"))
    }

    @Test(arguments: UInt64(0)..<30) func noTextIsTooWide(seed: UInt64) {
        for width in [60, 80, 120] {
            let lines = Self.random(seed).textLines(width: width, again: "see above")
            #expect(lines.allSatisfy { $0.columns <= width && $0.last != " " })
        }
    }

    @Test func nothingIsDrawnOfNothing() {
        let layout = Diagram(title: "", summary: "").layout()
        #expect(layout.boxes.isEmpty && layout.width == 0 && layout.height == 0)
    }
}
