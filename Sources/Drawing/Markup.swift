/// Elements of a page or a picture, as values that turn into text once, at the end.
///
/// What comes from outside goes in as plain strings; escaping happens here and nowhere else.
public enum Markup {
    public enum Node: Sendable, Equatable {
        case element(Element)
        case text(String)
        /// Passed on as it is. For style sheets of ours, never for anything from outside.
        case raw(String)

        var isElement: Bool { if case .element = self { true } else { false } }
    }

    public struct Element: Sendable, Equatable {
        public struct Attribute: Sendable, Equatable {
            public var name: String
            public var value: String
        }

        public var name: String
        /// In the order in which they are written.
        public var attributes: [Attribute]
        public var children: [Node]

        public init(
            _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
            _ children: [Node] = []
        ) {
            self.name = name
            self.attributes = attributes.map { Attribute(name: $0.key, value: $0.value) }
            self.children = children
        }

        public init(
            _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String
        ) {
            self.init(name, attributes, [.text(text)])
        }

        public init(
            _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
            _ children: [Element]
        ) {
            self.init(name, attributes, children.map(Node.element))
        }

        /// The same element with one more attribute.
        public func with(_ name: String, _ value: String) -> Element {
            var copy = self
            copy.attributes.append(Attribute(name: name, value: value))
            return copy
        }

        /// The same element with more inside.
        public func containing(_ more: [Element]) -> Element {
            var copy = self
            copy.children += more.map(Node.element)
            return copy
        }
    }
}

extension Markup.Element {
    /// One element a line, indented by two spaces; an element that holds text stays on its line.
    public func rendered() -> String {
        var out = ""
        write(to: &out, indent: 0)
        return out
    }

    private func write(to out: inout String, indent: Int) {
        let margin = String(repeating: "  ", count: indent)
        let isBlock = !children.isEmpty && children.allSatisfy(\.isElement)
        out += margin
        guard isBlock else {
            writeLine(to: &out)
            out += "\n"
            return
        }
        writeOpening(to: &out)
        out += "\n"
        for case .element(let child) in children { child.write(to: &out, indent: indent + 1) }
        out += "\(margin)</\(name)>\n"
    }

    /// Everything on one line, for what stands within a sentence.
    private func writeLine(to out: inout String) {
        writeOpening(to: &out)
        guard !closesItself else { return }
        for child in children {
            switch child {
            case .element(let element): element.writeLine(to: &out)
            case .text(let text): out += Markup.escaped(text)
            case .raw(let text): out += text
            }
        }
        out += "</\(name)>"
    }

    private func writeOpening(to out: inout String) {
        out += "<" + name
        for attribute in attributes {
            out += " \(attribute.name)=\"\(Markup.escaped(attribute.value))\""
        }
        out += closesItself ? "/>" : ">"
    }

    /// `<td/>` would stay open in HTML, so only elements that never hold anything close themselves.
    private var closesItself: Bool {
        switch name {
        case "meta", "br", "hr", "col", "link", "img": true
        case "rect", "line", "path", "circle": children.isEmpty
        default: false
        }
    }
}

extension Markup {
    /// Text that is safe inside elements and inside double quotes, in HTML and in XML alike.
    ///
    /// Characters that XML forbids, and those that turn the direction of what follows, become
    /// U+FFFD: a name must not be able to rewrite the sentence it stands in.
    public static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\n": out += "&#10;"
            case "\r": out += "&#13;"
            case "\t": out += "&#9;"
            default: out.unicodeScalars.append(isUnfit(scalar) ? "\u{FFFD}" : scalar)
            }
        }
        return out
    }

    /// Control characters, non-characters and overrides of the writing direction.
    package static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
            0xFDD0...0xFDEF:
            true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}
