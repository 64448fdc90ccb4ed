/// How wide text is in a picture, where no font can be asked.
enum TextWidth {
    /// Pixels of a line of 12 pixels, as in DejaVu Sans, the widest of the usual fonts, and a
    /// little more in bold.
    static func of(_ text: String, bold: Bool = false) -> Double {
        let width = text.reduce(0.0) { $0 + pixels($1) }
        return bold ? width * 1.13 : width
    }

    private static func pixels(_ character: Character) -> Double {
        switch character {
        case "i", "j", "l", "I", "'", ".", ",", ":", ";", "|", " ": 4.1
        case "f", "t", "r", "J", "-", "/", "(", ")", "[", "]": 5.1
        case "m", "w", "M", "W", "%", "@", "+", "=", "→", "…", "·", "×": 12.1
        case "A"..."Z": 9.2
        default: character.columns == 2 ? 12.5 : 7.8
        }
    }

    /// The beginning of a text, with a sign where something is cut.
    static func clipped(_ text: String, to width: Double, bold: Bool = false) -> String {
        if of(text, bold: bold) <= width { return text }
        var out = ""
        for character in text {
            if of(out + String(character) + "…", bold: bold) > width { break }
            out.append(character)
        }
        return out + "…"
    }
}
