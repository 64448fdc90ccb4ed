import Testing

@testable import Drawing

struct TerminalTextTests {
    @Test func countsColumns() {
        #expect("abc".columns == 3)
        #expect("任务".columns == 4)
        #expect("e\u{301}".columns == 1)
        #expect("🚢".columns == 2)
    }

    @Test func leavesNothingThatATerminalObeys() {
        #expect("a\u{1B}[31mb\r\nc\td".printable() == "a\u{FFFD}[31mb c d")
        #expect("Größe … 任\u{7}".printable(ascii: true) == "Groesse ~ ??")
    }

    @Test func cutsAndFillsToColumns() {
        #expect("deregister".clipped(to: 6) == "dereg…")
        #expect("deregister".clipped(to: 10) == "deregister")
        #expect("任务任务".clipped(to: 6).columns == 5)
        #expect("x".clipped(to: 0) == "")
        #expect("ab".padded(to: 4) == "ab  ")
        #expect("ab".padded(to: 4, right: true) == "  ab")
    }

    @Test func wrapsAtSpacesAndCutsLongWords() {
        #expect("one two three".wrapped(to: 7) == ["one two", "three"])
        #expect("abcdefgh ij".wrapped(to: 3) == ["abc", "def", "gh", "ij"])
        #expect("".wrapped(to: 5) == [""])
    }

    @Test func drawsOnlyInside() {
        var chart = TextChart(width: 5)
        chart.put("abcdefgh", column: 2, row: 1)
        chart.put("xy", column: -1, row: 0, ink: .danger)
        #expect(chart.lines() == ["y", "  abc"])
        #expect(chart.lines(colour: true) == ["\u{1B}[31my\u{1B}[0m", "  abc"])
        #expect(chart.isFree(1..<5, row: 0) && !chart.isFree(0..<1, row: 0))
        #expect(!chart.isFree(3..<6, row: 7), "outside of the chart")
    }
}
