/// What happened when, and who answered meanwhile: a chart as a value.
///
/// The same value draws as SVG and as text. All times are seconds on one axis; what lies outside
/// of it is cut off, not squeezed in. Whoever builds the value brings every word, so that the
/// chart speaks the language of its page.
public struct TimelineChart: Sendable, Equatable {
    public var title: String
    /// What the picture shows, for people who hear it.
    public var summary = ""
    public var axis: TimeAxis
    /// The versions; each has a colour. Bars and shares refer to them by index.
    public var series: [String] = []
    public var kinds: [Kind] = []
    public var lanes: [Lane] = []
    public var shares: Shares?
    public var bands: [Band] = []
    public var markers: [Marker] = []
    public var words = Words()

    public init(title: String, axis: TimeAxis) {
        self.title = title
        self.axis = axis
    }

    /// A way to fill a bar.
    public struct Kind: Sendable, Equatable {
        public var name: String
        /// From 0, hardly to be seen, to 1, the full colour.
        public var strength: Double
        /// Fills the bar in a terminal.
        public var glyph: Character
        public var asciiGlyph: Character

        public init(_ name: String, strength: Double, glyph: Character, ascii: Character) {
            self.name = name
            self.strength = strength
            self.glyph = glyph
            self.asciiGlyph = ascii
        }
    }

    public struct Lane: Sendable, Equatable {
        public var label: String
        public var series: Int
        public var bars: [Bar]
        public init(label: String, series: Int, bars: [Bar]) {
            self.label = label
            self.series = series
            self.bars = bars
        }
    }

    public struct Bar: Sendable, Equatable {
        public var from: Double
        /// `nil` while it lasts: drawn to the end of the axis.
        public var to: Double?
        /// An index into the kinds of the chart.
        public var kind: Int
        public var series: Int
        /// The longest that fits is written into the bar; so the longest first.
        public var labels: [String]
        /// The whole truth about the bar, as a tooltip.
        public var hint: String

        public init(
            from: Double, to: Double?, kind: Int, series: Int, labels: [String] = [],
            hint: String = ""
        ) {
            self.from = from
            self.to = to
            self.kind = kind
            self.series = series
            self.labels = labels
            self.hint = hint
        }
    }

    /// A signal that is constant between its steps, one value for each series.
    public struct Shares: Sendable, Equatable {
        public struct Step: Sendable, Equatable {
            public var from: Double
            /// From 0 to 1, in the order of the series.
            public var values: [Double]
            /// From 0 to 1; drawn on top, in the colour of danger.
            public var failing: Double
            public init(from: Double, values: [Double], failing: Double) {
                self.from = from
                self.values = values
                self.failing = failing
            }
        }
        public var steps: [Step]
        public init(_ steps: [Step]) { self.steps = steps }
    }

    /// One kind of window, all of its windows in a row of their own.
    public struct Band: Sendable, Equatable {
        public enum Tone: String, Sendable { case accent, quiet, warning, danger }
        public struct Window: Sendable, Equatable {
            public var from: Double
            public var to: Double
            /// How long it is, in words.
            public var label: String
            public init(from: Double, to: Double, label: String) {
                self.from = from
                self.to = to
                self.label = label
            }
        }
        public var label: String
        public var tone: Tone
        /// Whether the windows are shaded through the whole picture.
        public var shades: Bool
        public var windows: [Window]
        public init(label: String, tone: Tone, shades: Bool, windows: [Window]) {
            self.label = label
            self.tone = tone
            self.shades = shades
            self.windows = windows
        }
    }

    /// An instant worth a line and a few words.
    public struct Marker: Sendable, Equatable {
        public var at: Double
        public var label: String
        public init(at: Double, label: String) {
            self.at = at
            self.label = label
        }
    }

    /// The words of the chart itself.
    public struct Words: Sendable, Equatable {
        public var lanes = "Tasks"
        public var shares = "Who answers"
        public var failing = "nobody"
        public var bands = "Windows"
        public var markers = "Moments"
        public var axis = "seconds"
        public var decimalMark = "."
        public init() {}
    }
}

extension TimelineChart {
    /// The bars of a lane in as few rows as it takes for none to lie on another.
    ///
    /// Bars that only touch share a row. Bars outside of the axis are left out, the others cut.
    func rows(of lane: Lane) -> [[(bar: Bar, from: Double, to: Double)]] {
        var rows: [[(bar: Bar, from: Double, to: Double)]] = []
        for bar in lane.bars.sorted(by: { $0.from < $1.from }) {
            let from = max(bar.from, axis.from)
            let to = min(bar.to ?? axis.to, axis.to)
            guard from <= to else { continue }
            if let row = rows.firstIndex(where: { $0[$0.count - 1].to <= from }) {
                rows[row].append((bar, from, to))
            } else {
                rows.append([(bar, from, to)])
            }
        }
        return rows.isEmpty ? [[]] : rows
    }

    /// The steps that lie on the axis, each with its end.
    var drawnSteps: [(step: Shares.Step, from: Double, to: Double)] {
        guard let steps = shares?.steps else { return [] }
        return steps.indices.compactMap { index in
            let end = index + 1 < steps.count ? steps[index + 1].from : axis.to
            let from = max(steps[index].from, axis.from)
            let to = min(end, axis.to)
            return from < to ? (steps[index], from, to) : nil
        }
    }

    /// The kinds that bars of the chart use, in the order of `kinds`.
    var usedKinds: [Kind] {
        let used = Set(lanes.flatMap { $0.bars.map(\.kind) })
        return kinds.indices.filter { used.contains($0) }.map { kinds[$0] }
    }
}
