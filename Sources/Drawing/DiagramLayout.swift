/// A diagram with a place for everything: no box covers another, and each text fits its room.
///
/// Pixels, from the left and from the top. Boxes stand in columns, one below the other within their
/// band; arrows run in the gaps between columns, so none crosses a box. An arrow that passes a
/// column has a place of its own in it.
public struct DiagramLayout: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        public var x: Double
        public var y: Double
    }

    public struct Frame: Sendable, Equatable {
        public var x: Double
        public var y: Double
        public var width: Double
        public var height: Double

        public var right: Double { x + width }
        public var bottom: Double { y + height }

        /// Whether the two have more than an edge in common.
        public func overlaps(_ other: Frame) -> Bool {
            x < other.right && other.x < right && y < other.bottom && other.y < bottom
        }

        public func contains(_ other: Frame) -> Bool {
            x <= other.x && other.right <= right && y <= other.y && other.bottom <= bottom
        }
    }

    public struct PlacedBox: Sendable, Equatable {
        public var frame: Frame
        /// Cut to the box, where they were too long for it.
        public var title: String
        public var lines: [String]
    }

    public struct PlacedEdge: Sendable, Equatable {
        /// From the box on the left to the one on the right, straight in between.
        public var points: [Point]
        /// `nil` without a label.
        public var label: Frame?
        /// The label, cut where it is too long.
        public var text = ""
    }

    public struct PlacedGroup: Sendable, Equatable {
        public var frame: Frame
        public var title: String
    }

    public internal(set) var width = 0.0
    public internal(set) var height = 0.0
    /// In the order of the diagram's.
    public internal(set) var boxes: [PlacedBox] = []
    public internal(set) var edges: [PlacedEdge] = []
    public internal(set) var groups: [PlacedGroup] = []

    static let line = 15.0
    static let padding = 10.0
    /// Between boxes one below the other.
    static let gap = 16.0
    /// Between arrows that end at the same box, so that each has room for its label.
    static let port = 17.0
    static let track = 8.0
    static let bandGap = 26.0
    static let groupPadding = 12.0
    static let groupHead = 24.0
    /// Room for an arrow's head and a little air.
    static let arrow = 16.0
    /// Of a line, before it is cut.
    static let longest = 275.0
}

extension Diagram {
    /// Finds a place for everything.
    ///
    /// - Complexity: O(n log n) in the number of boxes and arrows.
    public func layout() -> DiagramLayout {
        var planner = DiagramPlanner(self)
        planner.place()
        return planner.result
    }
}

/// The layout in the making.
struct DiagramPlanner {
    typealias Layout = DiagramLayout

    /// What stands in a column: a box, or an arrow on its way past.
    struct Node {
        var column: Int
        var band: Int
        /// `nil`: an arrow passes here.
        var box: Int?
        var height = 0.0
        var y = 0.0
        /// The arrows' parts that end here: on the left side, and from its own column on the right.
        var arrivals: [Int] = []
        var rightArrivals: [Int] = []
    }

    /// A part of an arrow, from a column to the next one, or within a column.
    struct Part {
        var edge: Int
        var from: Int
        var to: Int
        var isLast: Bool
    }

    let diagram: Diagram
    var nodes: [Node] = []
    var parts: [Part] = []
    var result = Layout()
    /// By column.
    var lefts: [Double] = []
    var widths: [Double] = []
    /// By band: where its boxes begin, and how high they stand.
    var tops: [Double] = []
    var heights: [Double] = []
    /// How many frames lie within a frame, one in the other; 1 for one without.
    var levels: [Int] = []

    init(_ diagram: Diagram) { self.diagram = diagram }

    var columnCount: Int { (diagram.boxes.map(\.column).max() ?? -1) + 1 }
    var bandCount: Int { (diagram.boxes.map(\.band).max() ?? -1) + 1 }

    mutating func place() {
        levels = diagram.groups.map { level(of: $0) }
        nodes = diagram.boxes.indices.map {
            Node(column: diagram.boxes[$0].column, band: diagram.boxes[$0].band, box: $0)
        }
        splitEdges()
        sizeBoxes()
        widenForTitles()
        placeColumns()
        placeBands()
        placeGroups()
        drawEdges()
        result.boxes = diagram.boxes.indices.map(placed)
    }

    private func level(of group: Diagram.Group) -> Int {
        1 + (diagram.groups.filter { group.contains($0) }.map(level).max() ?? 0)
    }

    /// Gives each arrow a place in every column it passes.
    private mutating func splitEdges() {
        for (index, edge) in diagram.edges.enumerated() {
            var last = edge.from
            let (first, end) = (nodes[edge.from].column, nodes[edge.to].column)
            for column in first + 1..<max(first + 1, end) {
                nodes.append(Node(column: column, band: nodes[edge.to].band))
                parts.append(Part(edge: index, from: last, to: nodes.count - 1, isLast: false))
                last = nodes.count - 1
            }
            parts.append(Part(edge: index, from: last, to: edge.to, isLast: true))
        }
        for (index, part) in parts.enumerated() {
            if nodes[part.from].column < nodes[part.to].column {
                nodes[part.to].arrivals.append(index)
            } else {
                nodes[part.to].rightArrivals.append(index)
            }
        }
    }

    private mutating func sizeBoxes() {
        widths = Array(repeating: 0, count: columnCount)
        for index in nodes.indices {
            guard let box = nodes[index].box else {
                nodes[index].height = Layout.port
                continue
            }
            let found = diagram.boxes[box]
            let texts =
                [TextWidth.of(shown(found.title, bold: true), bold: true)]
                + found.lines.map { TextWidth.of(shown($0)) }
            let column = nodes[index].column
            widths[column] = max(widths[column], (texts.max() ?? 0) + 2 * Layout.padding)
            nodes[index].height = max(
                Double(1 + found.lines.count) * Layout.line + Layout.padding + 4,
                Double(nodes[index].arrivals.count + 1) * Layout.port,
                Double(nodes[index].rightArrivals.count + 1) * Layout.port)
        }
    }

    /// Frames around one column are as wide as their titles need.
    private mutating func widenForTitles() {
        for (index, group) in diagram.groups.enumerated() where group.columns.count == 1 {
            let title = TextWidth.of(shown(group.title, bold: true), bold: true)
            let room = 2 * Double(levels[index]) * Layout.groupPadding - 2 * Layout.padding
            let column = group.columns.lowerBound
            widths[column] = max(widths[column], title - room)
        }
    }

    func shown(_ text: String, bold: Bool = false) -> String {
        TextWidth.clipped(text.printable(), to: Layout.longest, bold: bold)
    }

    // MARK: columns and bands

    private mutating func placeColumns() {
        var x = 0.0
        for column in widths.indices {
            x += groupRoom { $0.columns.lowerBound == column }
            if column > 0 { x += labelRoom(before: column) }
            lefts.append(x)
            x += widths[column]
            x += labelRoom(within: column)
            x += groupRoom { $0.columns.upperBound == column }
            x += trackRoom(after: column)
        }
        result.width = x
    }

    /// What frames that begin or end here take.
    private func groupRoom(_ isHere: (Diagram.Group) -> Bool) -> Double {
        let deepest =
            diagram.groups.indices.filter { isHere(diagram.groups[$0]) }
            .map { levels[$0] }.max() ?? 0
        return Double(deepest) * Layout.groupPadding
    }

    private func labelRoom(before column: Int) -> Double {
        let labels = parts.filter { $0.isLast && nodes[$0.to].column == column }
            .map { labelWidth(diagram.edges[$0.edge]) }
        return (labels.max() ?? 0) + Layout.arrow
    }

    /// What labels of arrows take that begin and end in a column, right of it.
    func labelRoom(within column: Int) -> Double {
        let labels = parts.filter {
            nodes[$0.from].column == column && nodes[$0.to].column == column
        }
        .map { labelWidth(diagram.edges[$0.edge]) + Layout.arrow }
        return labels.max() ?? 0
    }

    func labelWidth(_ edge: Diagram.Edge) -> Double {
        TextWidth.of(shown(edge.label))
    }

    private func trackRoom(after column: Int) -> Double {
        let tracks = sources(after: column).count
        let isLast = column == columnCount - 1
        return tracks == 0 ? (isLast ? 0 : Layout.track) : Double(tracks + 1) * Layout.track
    }

    /// The nodes from which arrows start into the gap after a column, each once.
    func sources(after column: Int) -> [Int] {
        var found: [Int] = []
        for part in parts where nodes[part.from].column == column && !found.contains(part.from) {
            found.append(part.from)
        }
        return found
    }

    private mutating func placeBands() {
        var y = 0.0
        for band in 0..<bandCount {
            let cells = (0..<columnCount).map { column in
                nodes.indices.filter { nodes[$0].column == column && nodes[$0].band == band }
            }
            let highest = cells.map(stackHeight).max() ?? 0
            y +=
                Double(deepest { $0.bands.lowerBound == band })
                * (Layout.groupHead + Layout.groupPadding / 2)
            tops.append(y)
            heights.append(highest)
            for cell in cells {
                var at = y + ((highest - stackHeight(cell)) / 2).rounded(.down)
                for node in cell {
                    nodes[node].y = at
                    at += nodes[node].height + Layout.gap
                }
            }
            y += highest + groupRoom { $0.bands.upperBound == band } + Layout.bandGap
        }
        result.height = max(0, y - Layout.bandGap)
    }

    private func deepest(_ isHere: (Diagram.Group) -> Bool) -> Int {
        diagram.groups.indices.filter { isHere(diagram.groups[$0]) }.map { levels[$0] }.max() ?? 0
    }

    private func stackHeight(_ cell: [Int]) -> Double {
        cell.reduce(0) { $0 + nodes[$1].height } + Double(max(0, cell.count - 1)) * Layout.gap
    }

    private mutating func placeGroups() {
        result.groups = diagram.groups.indices.map { index in
            let (group, level) = (diagram.groups[index], Double(levels[index]))
            let room = level * Layout.groupPadding
            let head = level * (Layout.groupHead + Layout.groupPadding / 2)
            let last = min(group.columns.upperBound, columnCount - 1)
            let bottom = min(group.bands.upperBound, bandCount - 1)
            let left = lefts[group.columns.lowerBound] - labelMargin(group) - room
            let top = tops[group.bands.lowerBound] - head
            let right = lefts[last] + widths[last] + labelRoom(within: last) + room
            let frame = Layout.Frame(
                x: left, y: top, width: right - left,
                height: tops[bottom] + heights[bottom] + room - top)
            return .init(
                frame: frame,
                title: TextWidth.clipped(
                    group.title.printable(), to: frame.width - 2 * Layout.padding, bold: true))
        }
    }

    /// Labels of arrows into the first column of a frame stand within the frame.
    private func labelMargin(_ group: Diagram.Group) -> Double {
        group.columns.lowerBound > 0 ? labelRoom(before: group.columns.lowerBound) : 0
    }

    private func placed(_ index: Int) -> Layout.PlacedBox {
        let (node, box) = (nodes[index], diagram.boxes[index])
        return .init(
            frame: .init(
                x: lefts[node.column], y: node.y, width: widths[node.column], height: node.height),
            title: shown(box.title, bold: true), lines: box.lines.map { shown($0) })
    }
}
