extension TimelineChart {
    /// The chart for a terminal.
    ///
    /// - Parameters:
    ///   - width: In columns, at least 40.
    ///   - ascii: Draws with ASCII alone.
    public func textChart(width: Int, ascii: Bool = false) -> TextChart {
        var drawing = TextTimeline(
            chart: self, canvas: TextChart(width: max(40, width), ascii: ascii))
        drawing.draw()
        return drawing.canvas
    }
}

/// Draws one chart, from top to bottom.
private struct TextTimeline {
    let chart: TimelineChart
    var canvas: TextChart
    /// Where the plot begins; left of it stand the labels.
    let left: Int
    var row = 0

    init(chart: TimelineChart, canvas: TextChart) {
        self.chart = chart
        self.canvas = canvas
        let labels = chart.lanes.map(\.label) + chart.series + chart.bands.map(\.label)
        let longest = labels.map { $0.printable(ascii: canvas.ascii).columns }.max() ?? 0
        let note = chart.words.axis.printable(ascii: canvas.ascii).columns
        left = min(max(longest, note), canvas.width * 3 / 10) + 2
    }

    var plot: Int { canvas.width - left }
    var ascii: Bool { canvas.ascii }

    mutating func draw() {
        drawAxis()
        if !chart.lanes.isEmpty {
            drawCaption(chart.words.lanes)
            chart.lanes.forEach { drawLane($0) }
        }
        if chart.shares != nil {
            drawCaption(chart.words.shares)
            drawShares()
        }
        if !chart.bands.isEmpty {
            drawCaption(chart.words.bands)
            chart.bands.forEach { drawBand($0) }
        }
        if !chart.markers.isEmpty {
            drawCaption(chart.words.markers)
            drawMarkers()
        }
        drawLegend()
    }

    private func column(_ time: Double) -> Int {
        let exact = chart.axis.position(time, along: Double(plot))
        return min(plot - 1, Int(exact.rounded(.toNearestOrAwayFromZero)))
    }

    /// The columns of a stretch of time, at least one.
    private func columns(from: Double, to: Double) -> Range<Int> {
        let length = Double(plot)
        let end = Int(chart.axis.position(to, along: length).rounded(.toNearestOrAwayFromZero))
        let start = min(column(from), plot - 1)
        return start..<max(end, start + 1)
    }

    private mutating func drawCaption(_ text: String) {
        canvas.put(text, column: 0, row: row, ink: .strong)
        row += 1
    }

    private mutating func drawLabel(_ text: String, ink: TextChart.Ink = .plain) {
        let label = text.printable(ascii: ascii).clipped(to: left - 2, ascii: ascii)
        canvas.put(label, column: 0, row: row, ink: ink)
    }

    private mutating func drawAxis() {
        let ticks = chart.axis.ticks(atMost: plot / 9, mark: chart.words.decimalMark)
        let rule = String(repeating: ascii ? "-" : "─", count: plot)
        canvas.put(chart.words.axis, column: 0, row: row, ink: .muted)
        canvas.put(rule, column: left, row: row + 1, ink: .muted)
        for tick in ticks {
            let at = column(tick.at)
            let start = min(max(0, at - tick.label.columns / 2), plot - tick.label.columns)
            canvas.put(tick.label, column: left + start, row: row, ink: .muted)
            canvas.put(ascii ? "+" : "┴", column: left + at, row: row + 1, ink: .muted)
        }
        row += 2
    }

    private mutating func drawLane(_ lane: TimelineChart.Lane) {
        drawLabel(lane.label, ink: .series(lane.series))
        for bars in chart.rows(of: lane) {
            canvas.reach(row)
            // The short ones last, so that rounding hides none of them.
            for (bar, from, to) in bars.sorted(by: { $0.to - $0.from > $1.to - $1.from }) {
                drawBar(bar, in: columns(from: from, to: to))
            }
            row += 1
        }
    }

    private mutating func drawBar(_ bar: TimelineChart.Bar, in columns: Range<Int>) {
        let kind = chart.kinds[bar.kind]
        let glyph = ascii ? kind.asciiGlyph : kind.glyph
        let ink = TextChart.Ink.series(bar.series)
        let fill = String(repeating: glyph, count: columns.count)
        canvas.put(fill, column: left + columns.lowerBound, row: row, ink: ink)
        let fitting = bar.labels.first { $0.columns + 4 <= columns.count }
        guard let label = fitting.map({ " \($0) " }) else { return }
        let start = columns.lowerBound + (columns.count - label.columns) / 2
        canvas.put(label, column: left + start, row: row, ink: ink)
    }

    private mutating func drawShares() {
        for index in chart.series.indices {
            drawLabel(chart.series[index], ink: .series(index))
            drawShare(ink: .series(index)) { index < $0.values.count ? $0.values[index] : 0 }
            row += 1
        }
        if chart.drawnSteps.contains(where: { $0.step.failing > 0 }) {
            drawLabel(chart.words.failing, ink: .danger)
            drawShare(ink: .danger, of: \.failing)
            row += 1
        }
    }

    /// A row whose characters are as high as the share is on average in their column.
    private mutating func drawShare(
        ink: TextChart.Ink, of value: (TimelineChart.Shares.Step) -> Double
    ) {
        canvas.reach(row)
        let steps = chart.drawnSteps
        let width = (chart.axis.to - chart.axis.from) / Double(plot)
        for column in 0..<plot {
            let start = chart.axis.from + Double(column) * width
            var sum = 0.0
            for (step, from, to) in steps {
                sum += max(0, min(to, start + width) - max(from, start)) * value(step)
            }
            let level = Self.level(sum / width, of: ascii ? 4 : 8)
            guard level > 0 else { continue }
            let glyph = ascii ? [".", "-", "=", "#"][level - 1] : Self.blocks[level - 1]
            canvas.put(glyph, column: left + column, row: row, ink: ink)
        }
    }

    private static let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// Only nothing is drawn as nothing, and only everything as everything.
    private static func level(_ share: Double, of levels: Int) -> Int {
        if share < 1e-9 { return 0 }
        if share > 1 - 1e-9 { return levels }
        let nearest = Int((share * Double(levels)).rounded(.toNearestOrAwayFromZero))
        return min(levels - 1, max(1, nearest))
    }

    private mutating func drawBand(_ band: TimelineChart.Band) {
        let ink: TextChart.Ink =
            switch band.tone {
            case .accent: .accent
            case .quiet: .muted
            case .warning: .warning
            case .danger: .danger
            }
        drawLabel(band.label, ink: ink)
        canvas.reach(row)
        let drawn = band.windows.filter { $0.to >= chart.axis.from && $0.from <= chart.axis.to }
        let places = drawn.map { columns(from: $0.from, to: $0.to) }
        for place in places { drawBracket(place, ink: ink) }
        for (window, place) in zip(drawn, places) { label(place, window.label, ink: ink) }
        row += 1
    }

    private mutating func drawBracket(_ columns: Range<Int>, ink: TextChart.Ink) {
        let ends = ascii ? ("|", "-", "|") : ("├", "─", "┤")
        let middle = String(repeating: ends.1, count: max(0, columns.count - 2))
        let bracket = columns.count == 1 ? (ascii ? "|" : "┃") : ends.0 + middle + ends.2
        canvas.put(bracket, column: left + columns.lowerBound, row: row, ink: ink)
    }

    /// Writes into the bracket, else beside it where nothing else is; else not at all.
    private mutating func label(_ columns: Range<Int>, _ text: String, ink: TextChart.Ink) {
        let size = text.columns
        let after = left + columns.upperBound + 1
        let before = left + columns.lowerBound - 1 - size
        if size + 6 <= columns.count {
            let start = left + columns.lowerBound + (columns.count - size - 2) / 2
            canvas.put(" \(text) ", column: start, row: row, ink: ink)
        } else if canvas.isFree(after..<after + size, row: row) {
            canvas.put(text, column: after, row: row, ink: ink)
        } else if before >= left, canvas.isFree(before..<before + size, row: row) {
            canvas.put(text, column: before, row: row, ink: ink)
        }
    }

    private mutating func drawMarkers() {
        let labels = chart.markers.map { $0.label.printable(ascii: ascii) }
        let points = zip(chart.markers, labels).map {
            (at: Double(column($0.at)), size: Double($1.columns + 2))
        }
        let places = LabelRows.place(points, along: Double(plot), gap: 2)
        let tick = ascii ? "^" : "▲"
        for (place, label) in zip(places, labels) {
            let size = Int(place.end - place.start)
            let text = label.clipped(to: size - 2, ascii: ascii)
            if place.leftwards {
                canvas.put(
                    text + " " + tick, column: left + Int(place.end) - text.columns - 1,
                    row: row + place.row)
            } else {
                canvas.put(tick + " " + text, column: left + Int(place.start), row: row + place.row)
            }
        }
        row += (places.map(\.row).max() ?? 0) + 1
    }

    private mutating func drawLegend() {
        var column = left
        for kind in chart.usedKinds {
            let glyph = String(repeating: ascii ? kind.asciiGlyph : kind.glyph, count: 2)
            let entry = "\(glyph) \(kind.name)".printable(ascii: ascii)
            if column > left && column + entry.columns > canvas.width {
                column = left
                row += 1
            }
            canvas.put(entry, column: column, row: row, ink: .muted)
            column += entry.columns + 3
        }
        if !chart.usedKinds.isEmpty { row += 1 }
    }
}
