import Testing

@testable import Drawing

struct TimelineChartTests {
    private func bar(_ from: Double, _ to: Double?, _ label: String = "") -> TimelineChart.Bar {
        .init(from: from, to: to, kind: 0, series: 0, labels: label.isEmpty ? [] : [label])
    }

    private func chart(_ bars: [TimelineChart.Bar]) -> TimelineChart {
        var chart = TimelineChart(title: "", axis: TimeAxis(from: 0, to: 100))
        chart.kinds = [.init("pull", strength: 0.5, glyph: "▒", ascii: "p")]
        chart.series = ["1.0"]
        chart.lanes = [.init(label: "task/1", series: 0, bars: bars)]
        return chart
    }

    @Test func barsThatOverlapGetRowsOfTheirOwn() {
        let chart = chart([bar(0, 10), bar(10, 20), bar(15, 30), bar(200, 300), bar(-5, nil)])
        let rows = chart.rows(of: chart.lanes[0])
        #expect(rows.map { $0.map(\.from) } == [[0], [0, 10], [15]])
        #expect(rows[0][0].to == 100, "a bar that lasts goes to the end of the axis")
    }

    @Test func aShortBarStaysVisible() {
        let chart = chart([bar(0, 50), bar(50, 50.01), bar(50.01, 100)])
        let svg = chart.svg().rendered()
        #expect(svg.contains("width=\"1.5\""))
    }

    @Test(arguments: [40, 60, 80, 100, 200]) func textKeepsItsWidth(width: Int) {
        var chart = chart([bar(0, 10, "pull"), bar(10, nil, "a long label")])
        chart.markers = [.init(at: 99, label: String(repeating: "long ", count: 30))]
        chart.bands = [
            .init(
                label: String(repeating: "name", count: 20), tone: .accent, shades: true,
                windows: [.init(from: 98, to: 99, label: "1 s")])
        ]
        chart.shares = .init([.init(from: 0, values: [0.5], failing: 0.5)])
        let lines = chart.textChart(width: width).lines()
        #expect(lines.allSatisfy { $0.columns <= width })
        let ascii = chart.textChart(width: width, ascii: true).lines()
        #expect(ascii.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
    }

    @Test func drawsAShareAsHighAsItIs() {
        var chart = chart([])
        chart.lanes = []
        chart.shares = .init([
            .init(from: 0, values: [1], failing: 0), .init(from: 50, values: [0.5], failing: 0.5),
        ])
        let rows = chart.textChart(width: 41).lines()
        #expect(rows.contains { $0.hasPrefix("1.0 ") && $0.hasSuffix("██▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄") })
        #expect(rows.contains { $0.hasPrefix("nobody ") && $0.hasSuffix("  ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄") })
    }

    @Test func theSamePictureEachTime() {
        let chart = chart([bar(0, 33.3333333, "pull")])
        #expect(chart.svg().rendered() == chart.svg().rendered())
        #expect(!chart.svg().rendered().contains("333333"))
    }
}
