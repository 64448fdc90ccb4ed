extension TimelineChart {
    /// The colours of all charts, for light and for dark surroundings.
    ///
    /// A version is a hue and a phase a strength of it, so that no legend is needed to see who is
    /// who. The rules hold for `svg.timeline` alone; the custom properties are free for the page.
    public static let styleSheet = palette + ownRules + rules

    /// The colours alone, as custom properties.
    static let palette = """
        :root {
          color-scheme: light dark;
          --surface: #ffffff; --ink: #1b2430; --muted: #5a6878; --line: #dfe4ea;
          --s0: #e29a3c; --s0-on: #2b1a00; --s0-ink: #8f5606;
          --s1: #17748a; --s1-on: #ffffff; --s1-ink: #116276;
          --s2: #6c8f2f; --s2-on: #10190a; --s2-ink: #4c6a17;
          --s3: #9a5b8f; --s3-on: #ffffff; --s3-ink: #84467a;
          --accent: #6f4bd8; --accent-on: #ffffff; --quiet: #8a97a6; --quiet-on: #10161d;
          --warning: #c9781b; --warning-on: #1d1000; --danger: #c2303a; --danger-on: #ffffff;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --surface: #171c22; --ink: #e8ecf1; --muted: #9dabba; --line: #2e3742;
            --s0: #eda64c; --s0-on: #2b1a00; --s0-ink: #f3b567;
            --s1: #4fb6cb; --s1-on: #04222a; --s1-ink: #6cc8db;
            --s2: #a0c45c; --s2-on: #16200a; --s2-ink: #b2d471;
            --s3: #cf92c5; --s3-on: #260f22; --s3-ink: #dba6d2;
            --accent: #a58bfa; --accent-on: #170c3a; --quiet: #76838f; --quiet-on: #0d1217;
            --warning: #eba94b; --warning-on: #231400; --danger: #ff6f75; --danger-on: #2b0205;
          }
        }

        """

    private static let ownRules = """
        svg.timeline { font: 12px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
        svg.timeline .surface { fill: var(--surface); }
        svg.timeline text { fill: var(--ink); }
        svg.timeline .note, svg.timeline .tick { fill: var(--muted); font-size: 11.5px; }
        svg.timeline .caption { font-weight: 650; }
        svg.timeline .marker { paint-order: stroke; stroke: var(--surface); stroke-width: 4px; }
        svg.timeline .in-bar, svg.timeline .in-window { font-size: 11px; pointer-events: none; }
        svg.timeline .grid { stroke: var(--line); }
        svg.timeline .lead { stroke: var(--muted); stroke-dasharray: 2 3; }
        svg.timeline .thread { stroke: var(--muted); stroke-width: 0.75px; }
        svg.timeline .tip { fill: var(--ink); }
        svg.timeline .frame { fill: none; stroke: var(--line); }
        svg.timeline .legend { fill: var(--muted); }

        """

    private static var rules: String {
        var out = ""
        for series in 0..<4 {
            out += """
                svg.timeline .s\(series) { fill: var(--s\(series)); }
                svg.timeline text.ink-\(series) { fill: var(--s\(series)-ink); font-weight: 600; }
                svg.timeline text.on-\(series) { fill: var(--s\(series)-on); }

                """
        }
        for tone in ["accent", "quiet", "warning", "danger"] {
            out += """
                svg.timeline .\(tone) { fill: var(--\(tone)); }
                svg.timeline text.\(tone) { fill: var(--\(tone)-on); }

                """
        }
        return out + "svg.timeline .shade { opacity: 0.14; }\n"
    }
}
