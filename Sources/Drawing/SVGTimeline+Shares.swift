/// Who answered, and the windows that follow from it.
extension SVGTimeline {
    mutating func drawShares() {
        drawCaption(chart.words.shares)
        let hasFailing = chart.drawnSteps.contains { $0.step.failing > 0 }
        let names = chart.series + (hasFailing ? [chart.words.failing] : [])
        let classes = chart.series.indices.map(Self.colour) + ["danger"]
        drawShareNames(Array(zip(names, classes)))
        let height = isNarrow ? 80.0 : max(92, Double(names.count) * 19 + 8)
        for index in names.indices { drawArea(index, named: names[index], classes, height: height) }
        elements.append(
            SVG.rect(x: left, y: y, width: plot, height: height, class: "frame"))
        y += height
    }

    mutating func drawShareNames(_ names: [(name: String, class: String)]) {
        var (at, row) = (isNarrow ? left : 0, y + 14)
        for (name, shade) in names {
            let label = clip(name, to: isNarrow ? plot - 20 : left - 30)
            let width = Double(label.columns) * Self.letter + 32
            if isNarrow && at > left && at + width > left + plot {
                at = left
                row += 17
            }
            elements.append(
                SVG.rect(
                    x: at, y: row - 10, width: 12, height: 12, radius: 2, class: "area \(shade)"))
            elements.append(SVG.text(label, x: at + 18, y: row, class: "label"))
            if isNarrow { at += width } else { row += 19 }
        }
        if isNarrow { y = row + 8 }
    }

    /// One layer of the stack: the share of one series above those before it.
    mutating func drawArea(
        _ index: Int, named name: String, _ classes: [String], height: Double
    ) {
        let isFailing = index >= chart.series.count
        for (step, from, to) in chart.drawnSteps {
            let share =
                isFailing ? step.failing : (index < step.values.count ? step.values[index] : 0)
            guard share > 0 else { continue }
            let below = step.values.prefix(index).reduce(0, +)
            let percent = (share * 100).decimals(1, mark: chart.words.decimalMark)
            elements.append(
                SVG.rect(
                    x: x(from), y: y + height * (1 - min(1, below + share)),
                    width: x(to) - x(from), height: height * min(1, share),
                    class: "area \(classes[isFailing ? classes.count - 1 : index])",
                    hint: "\(name.printable()): \(percent) %"))
            guard x(to) - x(from) >= 44, height * share >= 18 else { continue }
            elements.append(
                SVG.text(
                    "\((share * 100).decimals(0)) %", x: (x(from) + x(to)) / 2,
                    y: y + height * (1 - min(1, below + share / 2)) + 4, anchor: .middle,
                    class: isFailing ? "in-bar danger" : "in-bar on-\(index % Self.colours)"))
        }
    }

    mutating func drawBand(_ band: TimelineChart.Band) {
        let height = 14.0
        drawLabel(band.label, height: height, ink: "")
        var ends = left - 1000
        let drawn = band.windows.filter { $0.to >= chart.axis.from && $0.from <= chart.axis.to }
        for (index, window) in drawn.enumerated() {
            let (from, to) = (x(window.from), x(window.to))
            let width = max(2, to - from)
            elements.append(
                SVG.rect(
                    x: from, y: y, width: width, height: height, radius: min(3, width / 2),
                    class: "window \(band.tone.rawValue)", hint: "\(band.label): \(window.label)"))
            let size = Double(window.label.columns) * Self.letter
            let next = index + 1 < drawn.count ? x(drawn[index + 1].from) : left + plot + 20
            if size + 8 <= width {
                elements.append(
                    SVG.text(
                        window.label, x: from + width / 2, y: y + 11, anchor: .middle,
                        class: "in-window \(band.tone.rawValue)"))
                ends = to
            } else if to + 5 + size <= next {
                elements.append(SVG.text(window.label, x: to + 5, y: y + 11, class: "note"))
                ends = to + 5 + size
            } else if from - 5 - size >= max(ends, left) {
                elements.append(
                    SVG.text(window.label, x: from - 5, y: y + 11, anchor: .end, class: "note"))
                ends = to
            }
        }
        y += height + 8
    }
}
