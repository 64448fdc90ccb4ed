extension Diagram {
    /// The diagram for a terminal: what leads to what, further in by one step for each arrow.
    ///
    /// A box is written out where it is met first and named where it is met again. No line is wider
    /// than asked for, and none ends in spaces.
    ///
    /// - Parameters:
    ///   - width: In columns.
    ///   - again: What to say of a box met before, such as `see above`.
    public func textLines(
        width: Int, ascii: Bool = false, colour: Bool = false, again: String
    ) -> [String] {
        var outline = Outline(
            diagram: self, width: width, ascii: ascii, colour: colour, again: again)
        outline.write()
        return outline.lines
    }

    private struct Outline {
        let diagram: Diagram
        let width: Int
        let ascii: Bool
        let colour: Bool
        let again: String
        var lines: [String] = []
        var written: Set<Int> = []

        /// Arrows as they lead, whichever way they are drawn.
        private func followers(of box: Int) -> [(box: Int, edge: Edge)] {
            diagram.edges.compactMap { edge in
                let isBack = edge.direction == .backward
                let (from, to) = isBack ? (edge.to, edge.from) : (edge.from, edge.to)
                return from == box ? (to, edge) : nil
            }
        }

        mutating func write() {
            var roots = Array(diagram.boxes.indices)
            for box in diagram.boxes.indices {
                for (next, _) in followers(of: box) where next != box {
                    roots.removeAll { $0 == next }
                }
            }
            // A circle has no beginning: what is left over begins one.
            for root in roots + Array(diagram.boxes.indices) where !written.contains(root) {
                if !lines.isEmpty { lines.append("") }
                write(root, label: "", first: "", rest: "")
            }
        }

        private mutating func write(_ index: Int, label: String, first: String, rest: String) {
            let box = diagram.boxes[index]
            let isNew = written.insert(index).inserted
            let frame = diagram.frames(of: box).last.map { diagram.groups[$0].title }
            let notes = isNew ? box.lines + [frame].compactMap { $0 }.map { "(\($0))" } : []
            let title = box.title.printable(ascii: ascii)
            let mark = label.isEmpty ? "" : "[\(label.printable(ascii: ascii))] "
            add(first, mark + title + (isNew ? "" : " (\(again))"), ink: box.tone.ink)
            guard isNew else { return }
            let followers = followers(of: index)
            let bar = followers.isEmpty ? "  " : (ascii ? "| " : "│ ")
            for line in Self.folded(
                notes.map { $0.printable(ascii: ascii) }, width - rest.columns - 4)
            {
                add(rest + bar + " ", line, ink: .muted)
            }
            for (place, next) in followers.enumerated() {
                let isLast = place == followers.count - 1
                let branch = ascii ? (isLast ? "`-> " : "|-> ") : (isLast ? "└─▶ " : "├─▶ ")
                let stem = isLast ? "    " : (ascii ? "|   " : "│   ")
                write(next.box, label: next.edge.label, first: rest + branch, rest: rest + stem)
            }
        }

        /// Notes on as few lines as they fit on, with a dot between two.
        private static func folded(_ notes: [String], _ room: Int) -> [String] {
            var out: [String] = []
            for note in notes {
                if let last = out.last, (last + " · " + note).columns <= room {
                    out[out.count - 1] = last + " · " + note
                } else {
                    out.append(note)
                }
            }
            return out
        }

        private mutating func add(
            _ margin: String, _ text: String, ink: TextChart.Ink,
        ) {
            let shown = text.printable(ascii: ascii)
                .clipped(to: max(8, width - margin.columns), ascii: ascii)
            var line = margin + ink.colouring(shown, colour)
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
    }
}

extension Diagram.Tone {
    fileprivate var ink: TextChart.Ink {
        switch self {
        case .plain: .strong
        case .muted: .muted
        case .accent: .accent
        case .warning: .warning
        case .danger: .danger
        case .series(let index): .series(index)
        }
    }
}
