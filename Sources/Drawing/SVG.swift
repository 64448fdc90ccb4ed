/// The few shapes that our pictures are made of.
///
/// Lengths are pixels of the picture's own grid, written with at most two decimals.
public enum SVG {
    public typealias Element = Markup.Element

    public enum Anchor: String, Sendable { case start, middle, end }

    /// A picture of its own, or one inside a page; it scales with the room it gets.
    ///
    /// - Parameters:
    ///   - margin: Empty room around the width and the height.
    ///   - name: Its class, for style sheets.
    ///   - id: Prefix of the ids inside; two pictures on a page need different ones.
    ///   - title: What the picture is, for people who hear it.
    ///   - description: What it shows, in sentences.
    public static func picture(
        width: Double, height: Double, margin: Double = 0, class name: String = "timeline",
        id: String, title: String, description: String,
        _ children: [Element]
    ) -> Element {
        let (outerWidth, outerHeight) = (number(width + 2 * margin), number(height + 2 * margin))
        return Element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": name,
                "viewBox": "\(number(-margin)) \(number(-margin)) \(outerWidth) \(outerHeight)",
                "width": outerWidth, "height": outerHeight, "role": "img",
                "aria-labelledby": "\(id)-title \(id)-desc",
            ],
            [
                Element("title", ["id": "\(id)-title"], text: title),
                Element("desc", ["id": "\(id)-desc"], text: description),
            ] + children)
    }

    /// - Parameter hint: Shown when a pointer rests on the shape.
    public static func rect(
        x: Double, y: Double, width: Double, height: Double, radius: Double = 0,
        class name: String, hint: String = ""
    ) -> Element {
        var shape = Element(
            "rect",
            [
                "class": name, "x": number(x), "y": number(y), "width": number(width),
                "height": number(height),
            ])
        if radius > 0 { shape = shape.with("rx", number(radius)) }
        return hint.isEmpty ? shape : shape.containing([title(hint)])
    }

    public static func line(
        x1: Double, y1: Double, x2: Double, y2: Double, class name: String
    ) -> Element {
        Element(
            "line",
            [
                "class": name, "x1": number(x1), "y1": number(y1), "x2": number(x2),
                "y2": number(y2),
            ])
    }

    public static func text(
        _ text: String, x: Double, y: Double, anchor: Anchor = .start, class name: String
    ) -> Element {
        let element = Element("text", ["class": name, "x": number(x), "y": number(y)], text: text)
        return anchor == .start ? element : element.with("text-anchor", anchor.rawValue)
    }

    /// A closed outline through the points.
    public static func area(
        _ points: [(x: Double, y: Double)], class name: String, hint: String = ""
    ) -> Element {
        let steps = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
        let shape = Element("path", ["class": name, "d": "M\(steps)Z"])
        return hint.isEmpty ? shape : shape.containing([title(hint)])
    }

    public static func group(class name: String, _ children: [Element]) -> Element {
        Element("g", ["class": name], children)
    }

    /// A tooltip, and what a screen reader says for the shape around it.
    public static func title(_ text: String) -> Element { Element("title", text: text) }

    static func number(_ value: Double) -> String { value.decimals(2) }
}
