import Testing

@testable import Drawing

struct TimeAxisTests {
    static let cases: [(Double, Int, [String])] = [
        (0.5, 5, ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
        (100, 6, ["0", "30", "60", "90"]),
        (140, 10, ["0", "15", "30", "45", "60", "75", "90", "105", "120", "135"]),
        (600, 5, ["0", "2 min", "4 min", "6 min", "8 min", "10 min"]),
        (7200, 4, ["0", "30 min", "60 min", "90 min", "120 min"]),
        (36_000, 5, ["0", "2 h", "4 h", "6 h", "8 h", "10 h"]),
        (3_000_000, 4, ["0", "384 h", "768 h"]),
    ]

    @Test(arguments: cases) func ticksStandOnRoundTimes(_ c: (Double, Int, [String])) {
        let labels = TimeAxis(from: 0, to: c.0).ticks(atMost: c.1).map(\.label)
        #expect(labels == c.2)
    }

    @Test func anAxisIsNeverEmpty() {
        let axis = TimeAxis(from: 5, to: 5)
        #expect(axis.to == 6)
        #expect(axis.position(5.5, along: 10) == 5)
        #expect(axis.position(-3, along: 10) == 0)
        #expect(axis.position(99, along: 10) == 10)
    }
}

struct LabelRowsTests {
    /// Points and sizes from a small generator, so that each seed is a case of its own.
    @Test(arguments: 0..<60) func noLabelCoversAnother(seed: Int) {
        var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1
        func draw(_ limit: Int) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double((state >> 33) % UInt64(limit))
        }
        let labels = (0..<(1 + seed % 9)).map { _ in (at: draw(101), size: 1 + draw(60)) }
        let places = LabelRows.place(labels, along: 100, gap: 2)

        for (index, one) in places.enumerated() {
            #expect(one.start >= 0 && one.end <= 100 && one.start <= one.end)
            #expect(labels[index].at == (one.leftwards ? one.end : one.start))
            for other in places.dropFirst(index + 1) where other.row == one.row {
                #expect(other.end + 2 <= one.start || one.end + 2 <= other.start)
            }
        }
    }
}
