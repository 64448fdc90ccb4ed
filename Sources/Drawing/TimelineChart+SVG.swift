extension TimelineChart {
    /// The chart as a picture.
    ///
    /// Below 560 pixels the labels of lanes and windows stand above them, for a phone. Colours
    /// come from `styleSheet`, which a page needs once and a picture of its own
    /// carries inside, together with a ground and a margin of 16 pixels.
    ///
    /// - Parameters:
    ///   - width: In pixels; the height follows from what there is to show.
    ///   - id: Prefix of the ids inside.
    ///   - styled: Whether the style sheet is inside.
    public func svg(width: Double = 960, id: String = "timeline", styled: Bool = true)
        -> SVG.Element
    {
        var drawing = SVGTimeline(chart: self, width: width)
        drawing.draw()
        let height = drawing.y + 8
        let margin = styled ? 16.0 : 0
        let frame = [
            SVG.Element("style", [:], [.raw("\n" + Self.styleSheet)]),
            SVG.rect(
                x: -margin, y: -margin, width: width + 2 * margin, height: height + 2 * margin,
                class: "surface"),
        ]
        return SVG.picture(
            width: width, height: height, margin: margin, id: id, title: title,
            description: summary, (styled ? frame : []) + drawing.background + drawing.elements)
    }
}

/// Draws one chart, from top to bottom.
struct SVGTimeline {
    let chart: TimelineChart
    let isNarrow: Bool
    /// Where the plot begins and how wide it is, in pixels.
    let left: Double
    let plot: Double
    let laneHeight: Double
    var y = 0.0
    /// Shades and grid, drawn below everything.
    var background: [SVG.Element] = []
    var elements: [SVG.Element] = []

    /// Twelve pixels high letters, measured generously: no font is known here.
    static let letter = 6.6

    /// The style sheet has so many colours for versions; a fifth version gets the first again.
    static let colours = 4
    static func colour(_ series: Int) -> String { "s\(series % colours)" }

    init(chart: TimelineChart, width: Double) {
        self.chart = chart
        isNarrow = width < 560
        let labels = chart.lanes.map(\.label) + chart.series + chart.bands.map(\.label)
        let longest = Double(labels.map(\.columns).max() ?? 0) * Self.letter + 20
        left = isNarrow ? 6 : min(max(longest, 124), 220)
        plot = width - left - (isNarrow ? 6 : 24)
        let rows = chart.lanes.reduce(0) { $0 + chart.rows(of: $1).count }
        laneHeight = rows <= 30 ? 24 : max(6, (720 / Double(rows)).rounded(.down))
    }

    /// Whether each bar is named in its place; otherwise there is a legend.
    var hasNotes: Bool { !isNarrow && chart.lanes.count <= 4 }

    func x(_ time: Double) -> Double { left + chart.axis.position(time, along: plot) }

    func clip(_ text: String, to pixels: Double) -> String {
        text.printable().clipped(to: Int(pixels / Self.letter))
    }

    mutating func draw() {
        y = 14
        drawTicks()
        y += 10
        let top = y
        if !chart.lanes.isEmpty {
            drawCaption(chart.words.lanes)
            chart.lanes.forEach { drawLane($0) }
            if !hasNotes { drawLegend() }
        }
        if chart.shares != nil { drawShares() }
        drawShades(from: top, to: y)
        if !chart.bands.isEmpty {
            drawCaption(chart.words.bands)
            chart.bands.forEach { drawBand($0) }
        }
        let bottom = y
        if !chart.markers.isEmpty {
            drawCaption(chart.words.markers)
            drawMarkers(from: top)
        }
        drawGrid(from: top, to: bottom)
    }

    var ticks: [TimeAxis.Tick] {
        chart.axis.ticks(atMost: max(2, Int(plot / 62)), mark: chart.words.decimalMark)
    }

    mutating func drawTicks() {
        let note = chart.words.axis
        if isNarrow {
            elements.append(SVG.text(note, x: left, y: y, class: "note"))
            y += 18
        } else {
            elements.append(SVG.text(note, x: 0, y: y, class: "note"))
        }
        for tick in ticks {
            let room = Double(tick.label.columns) * Self.letter / 2
            let at = min(max(x(tick.at), left + (isNarrow ? room : 0)), left + plot - room + 18)
            elements.append(
                SVG.text(tick.label, x: at, y: y, anchor: .middle, class: "tick"))
        }
    }

    mutating func drawGrid(from top: Double, to bottom: Double) {
        let lines = ticks.map {
            SVG.line(x1: x($0.at), y1: top - 4, x2: x($0.at), y2: bottom, class: "grid")
        }
        background.append(SVG.group(class: "grid-lines", lines))
    }

    mutating func drawShades(from top: Double, to bottom: Double) {
        for band in chart.bands where band.shades {
            for window in band.windows {
                let (from, to) = (x(window.from), x(window.to))
                guard to > from else { continue }
                background.append(
                    SVG.rect(
                        x: from, y: top, width: to - from, height: bottom - top + 6,
                        class: "shade \(band.tone.rawValue)"))
            }
        }
    }

    mutating func drawCaption(_ text: String) {
        y += 22
        elements.append(SVG.text(text, x: isNarrow ? left : 0, y: y, class: "caption"))
        y += 10
    }

    mutating func drawLabel(_ text: String, height: Double, ink: String) {
        if isNarrow {
            y += 13
            let label = clip(text, to: plot)
            elements.append(SVG.text(label, x: left, y: y, class: "label \(ink)"))
            y += 5
        } else {
            let label = clip(text, to: left - 12)
            let middle = y + height / 2 + 4
            elements.append(SVG.text(label, x: 0, y: middle, class: "label \(ink)"))
        }
    }

    mutating func drawMarkers(from top: Double) {
        let points = chart.markers.map {
            (
                at: chart.axis.position($0.at, along: plot),
                size: Double($0.label.columns) * Self.letter + 12
            )
        }
        let places = LabelRows.place(points, along: plot, gap: 10)
        y += 2
        for (marker, place) in zip(chart.markers, places) {
            let (at, row) = (x(marker.at), y + Double(place.row) * 20 + 12)
            let label = clip(marker.label, to: place.end - place.start)
            background.append(SVG.line(x1: at, y1: top, x2: at, y2: row - 8, class: "lead"))
            elements.append(
                SVG.area([(at - 4, row + 1), (at + 4, row + 1), (at, row - 7)], class: "tip"))
            elements.append(
                SVG.text(
                    label, x: place.leftwards ? at - 8 : at + 8, y: row,
                    anchor: place.leftwards ? .end : .start, class: "marker"))
        }
        y += Double((places.map(\.row).max() ?? 0) + 1) * 20
    }
}
