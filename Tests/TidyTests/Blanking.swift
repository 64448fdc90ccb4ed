/// Puts blanks in place of comments and of what strings say, so that what is left is code.
///
/// Line ends stay, and the quotes; so does the code of interpolations.
struct Blanking {
    private let bytes: [UInt8]
    private var output: [UInt8]
    private var index = 0

    static func blanked(_ text: String) -> String {
        var blanking = Blanking(Array(text.utf8))
        blanking.code(isInterpolation: false)
        return String(decoding: blanking.output, as: UTF8.self)
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output = bytes
    }

    private func byte(_ ahead: Int = 0) -> UInt8? {
        index + ahead < bytes.count ? bytes[index + ahead] : nil
    }

    private func isNext(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { expected in
            bytes[index...].prefix(expected.count).elementsEqual(expected)
        }
    }

    private mutating func blank(_ count: Int = 1) {
        for place in index..<min(index + count, bytes.count) where bytes[place] != 10 {
            output[place] = 32
        }
        index += count
    }

    /// - Parameter isInterpolation: Whether a closing parenthesis of its own ends it.
    private mutating func code(isInterpolation: Bool) {
        var depth = 0
        while let next = byte() {
            if isNext("//") {
                while let next = byte(), next != 10 { blank() }
            } else if isNext("/*") {
                blockComment()
            } else if next == UInt8(ascii: "\"") {
                string(hashes: 0)
            } else if next == UInt8(ascii: "#") {
                let hashes = bytes[index...].prefix { $0 == UInt8(ascii: "#") }.count
                index += hashes
                if byte() == UInt8(ascii: "\"") { string(hashes: hashes) }
            } else {
                if isInterpolation, next == UInt8(ascii: "(") { depth += 1 }
                if isInterpolation, next == UInt8(ascii: ")") {
                    if depth == 0 { return }
                    depth -= 1
                }
                index += 1
            }
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if isNext("/*") { depth += 1 }
            if isNext("*/") { depth -= 1 }
            blank(isNext("/*") || isNext("*/") ? 2 : 1)
        } while depth > 0 && byte() != nil
    }

    private mutating func string(hashes: Int) {
        let isLong = isNext("\"\"\"")
        let quotes = isLong ? 3 : 1
        index += quotes
        let fence = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
        let end = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + fence
        let escape = [UInt8(ascii: "\\")] + fence
        while let next = byte() {
            if bytes[index...].starts(with: end) {
                index += end.count
                return
            }
            if next == 10, !isLong { return }
            if bytes[index...].starts(with: escape) {
                blank(escape.count)
                if byte() == UInt8(ascii: "(") {
                    index += 1
                    code(isInterpolation: true)
                    index += 1
                } else {
                    blank()
                }
            } else {
                blank()
            }
        }
    }
}
