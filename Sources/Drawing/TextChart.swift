/// A grid of characters to draw on, for a terminal.
///
/// It grows downwards as rows are drawn on and keeps its width: what does not fit is not drawn.
public struct TextChart: Sendable {
    /// What a character is drawn in. Only seen when rendered with colour.
    public enum Ink: Sendable, Equatable {
        case plain, muted, strong, accent, warning, danger
        /// The colour of a version, by its index.
        case series(Int)
    }

    struct Cell: Sendable, Equatable {
        /// `nil` right of a character that is two columns wide.
        var character: Character?
        var ink: Ink
        static let empty = Cell(character: " ", ink: .plain)
    }

    /// In columns.
    public let width: Int
    /// Draws with ASCII alone.
    public let ascii: Bool
    private(set) var rows: [[Cell]] = []

    public init(width: Int, ascii: Bool = false) {
        self.width = width
        self.ascii = ascii
    }

    /// The number of rows drawn on so far.
    public var height: Int { rows.count }

    /// Writes `text` from `column` on, over what is there; what lies outside is left out.
    public mutating func put(_ text: String, column: Int, row: Int, ink: Ink = .plain) {
        reach(row)
        var at = column
        for character in text.printable(ascii: ascii) {
            let size = character.columns
            if size == 0 { continue }
            if at >= 0 && at + size <= width {
                rows[row][at] = Cell(character: character, ink: ink)
                if size == 2 { rows[row][at + 1] = Cell(character: nil, ink: ink) }
            }
            at += size
        }
    }

    /// Whether nothing is drawn in these columns, all of which must exist.
    public func isFree(_ columns: Range<Int>, row: Int) -> Bool {
        guard columns.lowerBound >= 0, columns.upperBound <= width else { return false }
        return row >= rows.count || rows[row][columns].allSatisfy { $0 == .empty }
    }

    /// Makes sure that the row exists, and with it the ones above.
    public mutating func reach(_ row: Int) {
        while rows.count <= row { rows.append(Array(repeating: .empty, count: width)) }
    }

    /// One string a row, without spaces at the end.
    ///
    /// - Parameter colour: Adds ANSI escape sequences, and an end to each on the same line.
    public func lines(colour: Bool = false) -> [String] {
        rows.map { row in
            let last = row.lastIndex { $0.character != " " } ?? -1
            var out = ""
            var ink = Ink.plain
            for cell in row.prefix(last + 1) {
                guard let character = cell.character else { continue }
                if colour && cell.ink != ink {
                    if ink != .plain { out += Ink.reset }
                    out += cell.ink.code
                    ink = cell.ink
                }
                out.append(character)
            }
            return ink == .plain ? out : out + Ink.reset
        }
    }
}

extension TextChart.Ink {
    static let reset = "\u{1B}[0m"

    /// The eight basic colours, which every terminal maps to something readable on its ground.
    var code: String {
        switch self {
        case .plain: ""
        case .muted: "\u{1B}[2m"
        case .strong: "\u{1B}[1m"
        case .accent: "\u{1B}[35m"
        case .warning: "\u{1B}[33m"
        case .danger: "\u{1B}[31m"
        case .series(let index):
            ["\u{1B}[33m", "\u{1B}[36m", "\u{1B}[32m", "\u{1B}[34m"][index % 4]
        }
    }

    /// `text` in this ink, if `colour` is on.
    package func colouring(_ text: String, _ colour: Bool) -> String {
        colour && self != .plain ? code + text + Self.reset : text
    }
}
