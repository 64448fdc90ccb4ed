/// Tasks and what they went through.
extension SVGTimeline {
    mutating func drawLane(_ lane: TimelineChart.Lane) {
        let height = laneHeight >= 16 ? laneHeight - 5 : laneHeight - 1
        // Lanes too low for a line of text go without; the colours still tell the versions apart.
        if laneHeight >= 16 {
            drawLabel(lane.label, height: height, ink: "ink-\(lane.series % Self.colours)")
        }
        for bars in chart.rows(of: lane) {
            var unnamed: [TimelineChart.Bar] = []
            for (bar, from, to) in bars {
                let isNamed = drawBar(bar, from: x(from), to: x(to), height: height)
                if !isNamed { unnamed.append(bar) }
            }
            y += laneHeight
            if hasNotes { drawNotes(unnamed) }
        }
    }

    /// Names the bars too short for their names, below them, where there are few lanes.
    mutating func drawNotes(_ bars: [TimelineChart.Bar]) {
        let noted = bars.filter { !$0.labels.isEmpty }
        guard !noted.isEmpty else { return }
        let points = noted.map { bar in
            let from = max(bar.from, chart.axis.from)
            let middle = x(from) + (x(bar.to ?? chart.axis.to) - x(from)) / 2 - left
            return (at: middle, size: Double(bar.labels[0].columns) * Self.letter + 8)
        }
        let places = LabelRows.place(points, along: plot, gap: 6)
        for ((bar, point), place) in zip(zip(noted, points), places) {
            let (at, row) = (left + point.at, y + Double(place.row) * 15 + 9)
            background.append(SVG.line(x1: at, y1: y - 5, x2: at, y2: row + 1, class: "thread"))
            elements.append(
                SVG.text(
                    bar.labels[0], x: place.leftwards ? at - 5 : at + 5, y: row,
                    anchor: place.leftwards ? .end : .start, class: "note"))
        }
        y += Double((places.map(\.row).max() ?? 0) + 1) * 15 + 4
    }

    /// - Returns: Whether the bar bears one of its labels.
    mutating func drawBar(
        _ bar: TimelineChart.Bar, from: Double, to: Double, height: Double
    ) -> Bool {
        // A pixel of air between neighbours; what is short stays visible.
        let width = max(1.5, to - from - 1)
        let strength = chart.kinds[bar.kind].strength
        let shape = SVG.rect(
            x: from, y: y, width: width, height: height, radius: min(3, width / 2),
            class: "bar \(Self.colour(bar.series))", hint: bar.hint.printable())
        elements.append(shape.with("fill-opacity", SVG.number(strength)))
        guard height >= 14 else { return false }
        let fitting = bar.labels.first { Double($0.columns) * Self.letter + 4 <= width }
        guard let label = fitting else { return false }
        elements.append(
            SVG.text(
                label, x: from + width / 2, y: y + height / 2 + 4, anchor: .middle,
                class: strength > 0.6 ? "in-bar on-\(bar.series % Self.colours)" : "in-bar"))
        return true
    }

    mutating func drawLegend() {
        var at = left
        y += 16
        for kind in chart.usedKinds {
            let width = 18 + Double(kind.name.columns) * Self.letter + 12
            if at > left && at + width > left + plot + 12 {
                at = left
                y += 17
            }
            let sample = SVG.rect(
                x: at, y: y - 9, width: 13, height: 10, radius: 2, class: "legend")
            elements.append(sample.with("fill-opacity", SVG.number(kind.strength)))
            elements.append(SVG.text(kind.name, x: at + 18, y: y, class: "note"))
            at += width
        }
        y += 4
    }
}
