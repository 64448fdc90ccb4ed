import Testing

@testable import Cloud

@Suite struct TextWriterTests {
    static let words: [UInt64] =
        [0, 1, 9, 10, 15, 16, 99, 100, 0xDEAD_BEEF, 0x0123_4567_89AB_CDEF, 1 << 63, .max]
        + (0..<64).map { 0x9E37_79B9_7F4A_7C15 &* ($0 + 1) }

    /// The digits that Swift writes, with zeros before them.
    private func hex(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    @Test(arguments: words)
    func writesNumbers(word: UInt64) {
        #expect(String(writing: { $0.add(word) }) == String(word))
        #expect(String(writing: { $0.add(hex: word) }) == hex(word))
        #expect(String(writing: { $0.add(hex: word, digits: 12) }) == hex(word).suffix(12))
        let signed = Int(bitPattern: UInt(word))
        #expect(String(writing: { $0.add(signed) }) == String(signed))
    }

    @Test func writesUUIDs() {
        let text = String(writing: { $0.add(uuid: 0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210) })
        #expect(text == "01234567-89ab-cdef-fedc-ba9876543210")
    }

    @Test func writesWhatHasNoRoomAtFirst() {
        let long = String(repeating: "ä", count: 400)
        let text = String(writing: { text in
            text.add("a")
            text.add(long)
            text.add(hex: 7)
        })
        #expect(text == "a" + long + "0000000000000007")
    }

    @Test func splitsAtSeparators() {
        #expect("a:b::c".parts(separatedBy: ":") == ["a", "b", "", "c"])
        #expect("a:b::c".parts(separatedBy: ":", atMost: 2) == ["a", "b::c"])
        #expect("".parts(separatedBy: ":") == [""])
        #expect("é/".parts(separatedBy: "/") == ["é", ""])
    }
}
