extension Diagram {
    /// The diagram as a picture of its own, with its colours inside, for light and dark.
    ///
    /// - Parameter id: Prefix of the ids inside.
    public func svg(id: String = "diagram") -> SVG.Element {
        let plan = layout()
        let margin = 20.0
        let head = 30.0
        let heading = TextWidth.clipped(
            title.printable(), to: plan.width * 12 / 15, bold: true)
        var elements = [
            SVG.Element("style", [:], [.raw("\n" + Self.styleSheet)]),
            SVG.rect(
                x: -margin, y: -margin, width: plan.width + 2 * margin,
                height: plan.height + head + 2 * margin, class: "surface"),
            SVG.text(heading, x: 0, y: 10, class: "title"),
        ]
        var parts: [SVG.Element] = plan.groups.map(Self.frame)
        parts += plan.edges.indices.map { line(edges[$0], plan.edges[$0]) }
        parts += plan.boxes.indices.map { Self.box(boxes[$0], plan.boxes[$0]) }
        parts += plan.edges.indices.compactMap { label(edges[$0], plan.edges[$0]) }
        elements.append(
            SVG.group(class: "all", parts).with("transform", "translate(0 \(SVG.number(head)))"))
        return SVG.picture(
            width: plan.width, height: plan.height + head, margin: margin, class: "diagram",
            id: id, title: title.printable(), description: summary.printable(), elements)
    }

    private static func frame(_ group: DiagramLayout.PlacedGroup) -> SVG.Element {
        let frame = group.frame
        return SVG.group(
            class: "group",
            [
                SVG.rect(
                    x: frame.x, y: frame.y, width: frame.width, height: frame.height, radius: 8,
                    class: "group"),
                SVG.text(
                    group.title, x: frame.x + DiagramLayout.padding, y: frame.y + 16,
                    class: "group"),
            ])
    }

    private static func box(_ box: Box, _ placed: DiagramLayout.PlacedBox) -> SVG.Element {
        let frame = placed.frame
        let hint = ([box.title] + box.lines).map { $0.printable() }.joined(separator: "\n")
        let x = frame.x + DiagramLayout.padding
        // Texts stand in the middle of a box that is high for its arrows' sake.
        let text = Double(1 + placed.lines.count) * DiagramLayout.line
        let top = frame.y + (frame.height - text) / 2
        var parts = [
            SVG.rect(
                x: frame.x, y: frame.y, width: frame.width, height: frame.height, radius: 5,
                class: "box \(box.tone.name)", hint: hint)
        ]
        if box.tone.isCoded {
            parts.append(
                SVG.rect(
                    x: frame.x, y: frame.y, width: 5, height: frame.height, radius: 2,
                    class: "bar \(box.tone.name)"))
        }
        parts.append(SVG.text(placed.title, x: x, y: top + 11.5, class: "name"))
        for (index, line) in placed.lines.enumerated() {
            parts.append(
                SVG.text(
                    line, x: x, y: top + 11.5 + Double(index + 1) * DiagramLayout.line,
                    class: "line"))
        }
        return SVG.group(class: "box", parts)
    }

    private func line(_ edge: Edge, _ placed: DiagramLayout.PlacedEdge) -> SVG.Element {
        // Arrows from one box share their way at first, which then has no colour of its own.
        let isShared = edges.contains { $0.from == edge.from && $0.tone != edge.tone }
        var parts: [SVG.Element] = []
        if isShared, placed.points.count > 2 {
            parts.append(Self.path(placed.points.dropLast(), "edge \(edge.stroke) plain"))
            parts.append(
                Self.path(placed.points.suffix(2), "edge \(edge.stroke) \(edge.tone.name)"))
        } else {
            parts.append(
                Self.path(placed.points[...], "edge \(edge.stroke) \(edge.tone.name)"))
        }
        if edge.direction != .backward, let tip = placed.points.last {
            let isLeft = edge.from != edge.to && boxes[edge.from].column == boxes[edge.to].column
            parts.append(Self.head(at: tip, pointing: isLeft ? -1 : 1, edge.tone))
        }
        if edge.direction != .forward, let tip = placed.points.first {
            parts.append(Self.head(at: tip, pointing: -1, edge.tone))
        }
        return SVG.group(class: "edge", parts)
    }

    private static func path(
        _ points: ArraySlice<DiagramLayout.Point>, _ name: String
    ) -> SVG.Element {
        let steps = points.map { "\(SVG.number($0.x)) \(SVG.number($0.y))" }
        return SVG.Element("path", ["class": name, "d": "M" + steps.joined(separator: "L")])
    }

    /// An arrow's head: 1 points to the right, -1 to the left.
    private static func head(
        at tip: DiagramLayout.Point, pointing side: Double, _ tone: Tone
    ) -> SVG.Element {
        SVG.area(
            [
                (tip.x, tip.y), (tip.x - 7 * side, tip.y - 3.5), (tip.x - 7 * side, tip.y + 3.5),
            ], class: "head \(tone.name)")
    }

    private func label(_ edge: Edge, _ placed: DiagramLayout.PlacedEdge) -> SVG.Element? {
        guard let frame = placed.label else { return nil }
        // Against the arrow's end, whatever its font makes of its width.
        let isWithin = boxes[edge.from].column == boxes[edge.to].column
        return isWithin
            ? SVG.text(placed.text, x: frame.x, y: frame.bottom - 2, class: "edge-label")
            : SVG.text(
                placed.text, x: frame.right, y: frame.bottom - 2, anchor: .end,
                class: "edge-label")
    }
}

extension Diagram.Tone {
    /// Its class in the style sheet, which has so many colours for versions.
    var name: String {
        switch self {
        case .plain: "plain"
        case .muted: "muted"
        case .accent: "accent"
        case .warning: "warning"
        case .danger: "danger"
        case .series(let index): "s\(index % 4)"
        }
    }

    /// Whether a bar at the side shows it.
    var isCoded: Bool { self != .plain && self != .muted }
}
