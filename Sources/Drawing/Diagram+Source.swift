/// Diagrams as the source of other programs' pictures, which find places of their own.
extension Diagram {
    /// A flowchart for Mermaid, which GitHub and many wikis draw. Ends with a line break.
    public func mermaid() -> String {
        var out = "---\ntitle: \(Self.quoted(title))\n---\nflowchart LR\n"
        write(inFrame: nil, margin: "    ", to: &out) { box, margin in
            let text = ([box.title] + box.lines).map(Self.entities).joined(separator: "<br/>")
            return "\(margin)\(box.id)[\"\(text)\"]\n"
        } open: { index, margin in
            "\(margin)subgraph g\(index)[\"\(Self.entities(groups[index].title))\"]\n"
        } close: { margin in
            "\(margin)end\n"
        }
        for edge in edges {
            let (from, to) = (boxes[edge.from].id, boxes[edge.to].id)
            let isBack = edge.direction == .backward
            let arrow =
                switch (edge.stroke, edge.direction) {
                case (.solid, .both): "<-->"
                case (_, .both): "<-.->"
                case (.solid, _): "-->"
                default: "-.->"
                }
            let label = edge.label.isEmpty ? "" : "|\"\(Self.entities(edge.label))\"|"
            out += "    \(isBack ? to : from) \(arrow)\(label) \(isBack ? from : to)\n"
        }
        for (tone, colours) in Self.colours {
            let ids = boxes.filter { $0.tone.name == tone }.map(\.id)
            if ids.isEmpty { continue }
            out += "    classDef \(tone) stroke:\(colours),stroke-width:3px\n"
            out += "    class \(ids.joined(separator: ",")) \(tone)\n"
        }
        return out
    }

    /// A graph for Graphviz. Ends with a line break.
    public func dot() -> String {
        var out = """
            digraph drydock {
                rankdir=LR
                label=\(Self.quoted(title))
                labelloc=t
                fontname="sans-serif"
                node [shape=box, style=rounded, fontname="sans-serif", fontsize=11]
                edge [fontname="sans-serif", fontsize=10]

            """
        write(inFrame: nil, margin: "    ", to: &out) { box, margin in
            let text = ([box.title] + box.lines).map(Self.escaped).joined(separator: "\\n")
            let colour = Self.colours.first { $0.tone == box.tone.name }
            let extra = colour.map { ", color=\"\($0.colour)\", penwidth=2.5" } ?? ""
            return "\(margin)\(box.id) [label=\"\(text)\"\(extra)]\n"
        } open: { index, margin in
            "\(margin)subgraph cluster_\(index) {\n"
                + "\(margin)    label=\(Self.quoted(groups[index].title))\n"
        } close: { margin in
            "\(margin)}\n"
        }
        for edge in edges {
            var settings: [String] = []
            if !edge.label.isEmpty { settings.append("label=\(Self.quoted(edge.label))") }
            if edge.stroke != .solid { settings.append("style=\(edge.stroke)") }
            switch edge.direction {
            case .forward: break
            case .backward: settings.append("dir=back")
            case .both: settings.append("dir=both")
            }
            let list = settings.isEmpty ? "" : " [\(settings.joined(separator: ", "))]"
            out += "    \(boxes[edge.from].id) -> \(boxes[edge.to].id)\(list)\n"
        }
        return out + "}\n"
    }

    /// Writes the boxes of a frame and then the frames in it.
    private func write(
        inFrame frame: Int?, margin: String, to out: inout String,
        box: (Box, String) -> String, open: (Int, String) -> String, close: (String) -> String
    ) {
        for found in boxes where frames(of: found).last == frame { out += box(found, margin) }
        for index in groups.indices {
            let parents = groups.indices.filter { groups[$0].contains(groups[index]) }
            guard parents.last == frame else { continue }
            out += open(index, margin)
            write(
                inFrame: index, margin: margin + "    ", to: &out, box: box, open: open,
                close: close)
            out += close(margin)
        }
    }

    /// Those of the light style sheet; these programs know no custom properties.
    private static let colours: [(tone: String, colour: String)] = [
        ("s0", "#e29a3c"), ("s1", "#17748a"), ("s2", "#6c8f2f"), ("s3", "#9a5b8f"),
        ("accent", "#6f4bd8"), ("warning", "#c9781b"), ("danger", "#c2303a"),
    ]

    private static func escaped(_ text: String) -> String {
        text.printable().reduce(into: "") { out, character in
            if character == "\"" || character == "\\" { out.append("\\") }
            out.append(character)
        }
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// Text within quotes in Mermaid, which reads entities of HTML after a sharp sign.
    private static func entities(_ text: String) -> String {
        text.printable().reduce(into: "") { out, character in
            switch character {
            case "\"": out += "#quot;"
            case "#": out += "#35;"
            case "<": out += "#lt;"
            case ">": out += "#gt;"
            case "&": out += "#amp;"
            case "`": out += "#96;"
            default: out.append(character)
            }
        }
    }
}
