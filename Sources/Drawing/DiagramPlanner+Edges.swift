/// Arrows: out of a box on its right side, down or up in the gap on a track of their own, and into
/// the next box on its left side, each at a place of its own.
extension DiagramPlanner {
    mutating func drawEdges() {
        let tracks = (0..<columnCount).map(tracks)
        let ports = portHeights()
        result.edges = diagram.edges.map { _ in .init(points: [], label: nil) }
        for (index, part) in parts.enumerated() {
            let (from, to) = (nodes[part.from], nodes[part.to])
            let track = tracks[from.column].first { $0.node == part.from }!.x
            var points = [Layout.Point(x: right(of: part.from), y: middle(of: part.from))]
            points.append(.init(x: track, y: points[0].y))
            if from.column == to.column {
                points.append(.init(x: track, y: ports[index]!))
                points.append(.init(x: right(of: part.to), y: ports[index]!))
            } else {
                let y = ports[index]!
                points.append(.init(x: track, y: y))
                points.append(.init(x: lefts[to.column], y: y))
                if to.box == nil { points.append(.init(x: right(of: part.to), y: y)) }
            }
            result.edges[part.edge].points += points
            if part.isLast { addLabel(to: part.edge, at: points[points.count - 1]) }
        }
        for index in result.edges.indices {
            result.edges[index].points = Self.straightened(result.edges[index].points)
        }
    }

    private func right(of node: Int) -> Double {
        lefts[nodes[node].column] + widths[nodes[node].column]
    }

    private func middle(of node: Int) -> Double { nodes[node].y + nodes[node].height / 2 }

    /// The tracks in the gap after a column. Of arrows that lead down, those from further up turn
    /// later, and the other way round, so that few cross.
    private func tracks(after column: Int) -> [(node: Int, x: Double)] {
        let sources = sources(after: column).map { node -> (node: Int, y: Double, isDown: Bool) in
            let ends = parts.filter { $0.from == node }.map { middle(of: $0.to) }
            let mean = ends.reduce(0, +) / Double(max(1, ends.count))
            return (node, middle(of: node), mean >= middle(of: node))
        }
        let down = sources.filter(\.isDown).sorted { ($0.y, $0.node) > ($1.y, $1.node) }
        let up = sources.filter { !$0.isDown }.sorted { ($0.y, $0.node) < ($1.y, $1.node) }
        let ends = diagram.groups.indices.filter { diagram.groups[$0].columns.upperBound == column }
        let room = Double(ends.map { levels[$0] }.max() ?? 0) * Layout.groupPadding
        let start = lefts[column] + widths[column] + labelRoom(within: column) + room
        return (up + down).enumerated().map { place, source in
            (source.node, start + Double(place + 1) * Layout.track)
        }
    }

    /// At which height each part arrives: spread over the side, in the order of their sources.
    private func portHeights() -> [Int: Double] {
        var heights: [Int: Double] = [:]
        for node in nodes {
            spread(node.rightArrivals, over: node, in: &heights)
            let order = spread(node.arrivals, over: node, in: &heights)
            // What is nearly straight becomes straight.
            if order.count == 1 {
                let source = middle(of: parts[order[0]].from)
                if abs(source - heights[order[0]]!) <= 6 { heights[order[0]] = source }
            }
        }
        return heights
    }

    /// - Returns: The parts from the top downwards.
    @discardableResult
    private func spread(
        _ arrivals: [Int], over node: Node, in heights: inout [Int: Double]
    ) -> [Int] {
        let order = arrivals.sorted {
            (middle(of: parts[$0].from), $0) < (middle(of: parts[$1].from), $1)
        }
        let step = node.height / Double(order.count + 1)
        for (place, part) in order.enumerated() {
            heights[part] = node.y + step * Double(place + 1)
        }
        return order
    }

    private mutating func addLabel(to edge: Int, at end: Layout.Point) {
        let width = labelWidth(diagram.edges[edge])
        guard width > 0 else { return }
        let isWithin =
            nodes[diagram.edges[edge].from].column == nodes[diagram.edges[edge].to].column
        let x = isWithin ? end.x + Layout.arrow / 2 : end.x - Layout.arrow + 4 - width
        result.edges[edge].label = .init(x: x, y: end.y - 14, width: width, height: 12)
        result.edges[edge].text = shown(diagram.edges[edge].label)
    }

    /// Without the points that lie on a line with their neighbours.
    private static func straightened(_ points: [Layout.Point]) -> [Layout.Point] {
        var out: [Layout.Point] = []
        for point in points {
            if out.last == point { continue }
            if out.count >= 2 {
                let (one, two) = (out[out.count - 2], out[out.count - 1])
                if (one.x == two.x && two.x == point.x) || (one.y == two.y && two.y == point.y) {
                    out.removeLast()
                }
            }
            out.append(point)
        }
        return out
    }
}
