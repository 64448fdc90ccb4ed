extension Diagram {
    /// The look of diagrams, in the colours of the charts.
    public static let styleSheet =
        TimelineChart.palette + """
            svg.diagram { font: 12px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
            svg.diagram .surface { fill: var(--surface); }
            svg.diagram text { fill: var(--ink); }
            svg.diagram text.title { font-size: 15px; font-weight: 650; }
            svg.diagram text.name { font-weight: 650; }
            svg.diagram text.line { fill: var(--muted); }
            svg.diagram text.group { fill: var(--muted); font-weight: 600; }
            svg.diagram rect.group { fill: var(--line); fill-opacity: 0.28; stroke: var(--line); }
            svg.diagram rect.box { fill: var(--surface); stroke: var(--quiet); }
            svg.diagram rect.box.muted { stroke: var(--line); }
            svg.diagram text.edge-label {
              fill: var(--muted); font-size: 11px; paint-order: stroke; stroke: var(--surface);
              stroke-width: 3px;
            }
            svg.diagram path.edge { fill: none; stroke: var(--quiet); stroke-width: 1.4px; }
            svg.diagram path.edge.dashed { stroke-dasharray: 6 4; }
            svg.diagram path.edge.dotted { stroke-dasharray: 1.5 4; }
            svg.diagram path.head { fill: var(--quiet); }

            """ + rules

    private static var rules: String {
        var out = ""
        let tones = (0..<4).map { "s\($0)" } + ["accent", "warning", "danger"]
        for tone in tones {
            out += """
                svg.diagram rect.box.\(tone), svg.diagram path.edge.\(tone) {
                  stroke: var(--\(tone));
                }
                svg.diagram rect.bar.\(tone), svg.diagram path.head.\(tone) {
                  fill: var(--\(tone));
                }

                """
        }
        return out
    }
}
