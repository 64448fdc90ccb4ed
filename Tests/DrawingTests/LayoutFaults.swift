@testable import Drawing

/// What is wrong with the layout of a diagram, each in a sentence; nothing should be.
enum LayoutFaults {
    static func of(_ diagram: Diagram) -> [String] {
        let plan = diagram.layout()
        return boxes(diagram, plan) + frames(diagram, plan) + texts(plan) + arrows(diagram, plan)
    }

    private static func boxes(_ diagram: Diagram, _ plan: DiagramLayout) -> [String] {
        var faults: [String] = []
        let whole = DiagramLayout.Frame(x: 0, y: 0, width: plan.width, height: plan.height)
        for (index, box) in plan.boxes.enumerated() {
            if !whole.contains(box.frame) { faults.append("box \(index) sticks out") }
            for (other, next) in plan.boxes.enumerated().dropFirst(index + 1)
            where box.frame.overlaps(next.frame) {
                faults.append("boxes \(index) and \(other) overlap")
            }
        }
        return faults
    }

    private static func frames(_ diagram: Diagram, _ plan: DiagramLayout) -> [String] {
        var faults: [String] = []
        for (index, group) in diagram.groups.enumerated() {
            let frame = plan.groups[index].frame
            for (number, box) in diagram.boxes.enumerated() {
                let place = plan.boxes[number].frame
                if group.contains(box) {
                    if !frame.contains(place) { faults.append("box \(number) leaves \(index)") }
                    let head = frame.y + DiagramLayout.groupHead - 4
                    if place.y < head { faults.append("box \(number) covers title \(index)") }
                } else if frame.overlaps(place) {
                    faults.append("box \(number) reaches into frame \(index)")
                }
            }
            for (other, next) in diagram.groups.enumerated() where other != index {
                let isInside = next.contains(group) || group.contains(next)
                let overlaps = frame.overlaps(plan.groups[other].frame)
                if !isInside && overlaps { faults.append("frames \(index), \(other) overlap") }
                if group.contains(next), !frame.contains(plan.groups[other].frame) {
                    faults.append("frame \(other) leaves \(index)")
                }
            }
        }
        return faults
    }

    private static func texts(_ plan: DiagramLayout) -> [String] {
        var faults: [String] = []
        for (index, box) in plan.boxes.enumerated() {
            let room = box.frame.width - 2 * DiagramLayout.padding + 0.001
            let isWide =
                TextWidth.of(box.title, bold: true) > room
                || box.lines.contains { TextWidth.of($0) > room }
            if isWide { faults.append("the text of box \(index) is too wide") }
            let height = Double(1 + box.lines.count) * DiagramLayout.line
            if height > box.frame.height { faults.append("the text of box \(index) is too high") }
        }
        for (index, group) in plan.groups.enumerated()
        where TextWidth.of(group.title, bold: true) > group.frame.width {
            faults.append("the title of frame \(index) is too wide")
        }
        return faults
    }

    private static func arrows(_ diagram: Diagram, _ plan: DiagramLayout) -> [String] {
        var faults: [String] = []
        let labels = plan.edges.enumerated().compactMap { index, edge in
            edge.label.map { (index, $0) }
        }
        for (index, label) in labels {
            if plan.boxes.contains(where: { $0.frame.overlaps(label) }) {
                faults.append("label \(index) covers a box")
            }
            for (other, next) in labels where other > index && label.overlaps(next) {
                faults.append("labels \(index) and \(other) overlap")
            }
        }
        for (index, edge) in plan.edges.enumerated() {
            for (one, two) in zip(edge.points, edge.points.dropFirst()) {
                if one.x != two.x && one.y != two.y { faults.append("arrow \(index) is slanted") }
                let line = DiagramLayout.Frame(
                    x: min(one.x, two.x), y: min(one.y, two.y), width: abs(two.x - one.x),
                    height: abs(two.y - one.y))
                if plan.boxes.contains(where: { crosses(line, $0.frame) }) {
                    faults.append("arrow \(index) crosses a box")
                }
            }
            let isWithin =
                diagram.boxes[diagram.edges[index].from].column
                == diagram.boxes[diagram.edges[index].to].column
            let start = plan.boxes[diagram.edges[index].from].frame
            let end = plan.boxes[diagram.edges[index].to].frame
            if edge.points.first?.x != start.right
                || edge.points.last?.x != (isWithin ? end.right : end.x)
            {
                faults.append("arrow \(index) ends in the air")
            }
        }
        return faults
    }

    /// Whether a line runs through the inside of a box.
    private static func crosses(_ line: DiagramLayout.Frame, _ box: DiagramLayout.Frame) -> Bool {
        line.x < box.right - 0.01 && box.x + 0.01 < line.right && line.y < box.bottom - 0.01
            && box.y + 0.01 < line.bottom
    }
}
