/// Boxes and arrows: what there is, and how it hangs together.
///
/// A box stands in a column, counted from the left, and in a band, counted from the top; where
/// exactly, the layout finds out (``layout()``). Words are given; none are made here.
public struct Diagram: Sendable, Equatable {
    /// What colour something has: that of a version, or one with a meaning.
    public enum Tone: Sendable, Equatable {
        case plain, muted, accent, warning, danger
        /// By the version's index.
        case series(Int)
    }

    public struct Box: Sendable, Equatable {
        /// Letters, digits and underscores; another one for each box.
        public var id: String
        public var title: String
        public var lines: [String]
        public var tone: Tone
        public var column: Int
        public var band: Int

        public init(
            _ id: String, _ title: String, _ lines: [String] = [], tone: Tone = .plain,
            column: Int, band: Int = 0
        ) {
            self.id = id
            self.title = title
            self.lines = lines
            self.tone = tone
            self.column = column
            self.band = band
        }
    }

    /// An arrow. It is drawn from a box to another one further right, or in the same column;
    /// `backward` lets it point the other way.
    public struct Edge: Sendable, Equatable {
        public enum Direction: Sendable, Equatable { case forward, backward, both }
        public enum Stroke: Sendable, Equatable { case solid, dashed, dotted }

        /// Indices of boxes.
        public var from: Int
        public var to: Int
        public var label: String
        public var direction: Direction
        public var stroke: Stroke
        public var tone: Tone

        /// Turns round what would lead leftwards.
        public init(
            from: Box, to: Box, _ label: String = "", direction: Direction = .forward,
            stroke: Stroke = .solid, tone: Tone = .plain, among boxes: [Box]
        ) {
            let isTurned = from.column > to.column
            let ends = isTurned ? (to, from) : (from, to)
            self.from = boxes.firstIndex { $0.id == ends.0.id }!
            self.to = boxes.firstIndex { $0.id == ends.1.id }!
            self.label = label
            self.stroke = stroke
            self.tone = tone
            self.direction =
                switch direction {
                case .forward where isTurned: .backward
                case .backward where isTurned: .forward
                default: direction
                }
        }
    }

    /// A frame around everything in some columns and bands. Two frames lie one in the other, or
    /// apart.
    public struct Group: Sendable, Equatable {
        public var title: String
        public var columns: ClosedRange<Int>
        public var bands: ClosedRange<Int>

        public init(_ title: String, columns: ClosedRange<Int>, bands: ClosedRange<Int>) {
            self.title = title
            self.columns = columns
            self.bands = bands
        }

        func contains(_ box: Box) -> Bool {
            columns.contains(box.column) && bands.contains(box.band)
        }

        func contains(_ other: Group) -> Bool {
            self != other && columns.contains(other.columns.lowerBound)
                && columns.contains(other.columns.upperBound)
                && bands.contains(other.bands.lowerBound) && bands.contains(other.bands.upperBound)
        }
    }

    public var title: String
    /// What it shows, in a sentence.
    public var summary: String
    public var boxes: [Box] = []
    public var edges: [Edge] = []
    /// An outer one before those in it.
    public var groups: [Group] = []

    public init(title: String, summary: String) {
        self.title = title
        self.summary = summary
    }

    /// Adds an arrow between two boxes, if they are there; none leads from a box to itself.
    public mutating func connect(
        _ from: String, _ to: String, _ label: String = "",
        direction: Edge.Direction = .forward, stroke: Edge.Stroke = .solid, tone: Tone = .plain
    ) {
        guard from != to, let from = boxes.first(where: { $0.id == from }),
            let to = boxes.first(where: { $0.id == to })
        else { return }
        edges.append(
            Edge(
                from: from, to: to, label, direction: direction, stroke: stroke, tone: tone,
                among: boxes))
    }

    /// The frames that a box lies in, from the outermost to the innermost.
    func frames(of box: Box) -> [Int] { groups.indices.filter { groups[$0].contains(box) } }
}
