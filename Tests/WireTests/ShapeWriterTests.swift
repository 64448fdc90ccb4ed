import CloudAPI
import Testing

@Suite struct ShapeWriterTests {
    /// What is special stands at every place of texts of every length, since both are looked at
    /// some bytes at a time.
    static let texts: [String] = {
        var texts: [String] = []
        for length in 0..<40 {
            texts.append(String(repeating: "a", count: length))
            for place in 0..<length {
                for special in ["\"", "\\", "<", ">", "&", "\n", "\t", "\r", "\u{1}", "ü", "€"] {
                    let before = String(repeating: "b", count: place)
                    let after = String(repeating: "c", count: length - place - 1)
                    texts.append(before + special + after)
                }
            }
        }
        return texts
    }()

    @Test func textsInJSONComeBack() throws {
        for text in Self.texts {
            let written = ShapeWriter.json(ECS.Tag(key: text, value: "v"))
            #expect(try ECS.Tag(from: WireFields(JSONReader.read(written))).key == text)
        }
    }

    @Test func textsInXMLAreEscaped() {
        for text in Self.texts {
            var expected = ""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"": expected += "&quot;"
                case "<": expected += "&lt;"
                case ">": expected += "&gt;"
                case "&": expected += "&amp;"
                case "\r": expected += "&#xD;"
                case "\u{1}": expected += "\u{FFFD}"
                default: expected.unicodeScalars.append(scalar)
                }
            }
            let written = ShapeWriter.xml(ELBv2.Tag(key: text))
            #expect(String(decoding: written, as: UTF8.self) == "<Key>\(expected)</Key>")
        }
    }

    @Test func numbersAreWrittenInFull() {
        let powers = (0..<19).reduce(into: [1]) { powers, _ in
            let (next, isTooLarge) = powers.last!.multipliedReportingOverflow(by: 10)
            if !isTooLarge { powers.append(next) }
        }
        let numbers = powers.flatMap { [$0 - 1, $0, $0 + 1, $0 / 9 * 8, -$0] }
        for number in numbers + [12345, 907_060_504_030_201, Int.max, Int.min] {
            var writer = ShapeWriter(.json)
            writer.int("n", number)
            #expect(String(decoding: writer.finish(), as: UTF8.self) == "\"n\":\(number)")
        }
    }

    @Test(arguments: [
        (0, "0"), (1000, "1"), (1, "0.001"), (20, "0.02"), (300, "0.3"), (-1500, "-1.5"),
        (1_796_100_595_899, "1796100595.899"), (1_796_100_595_050, "1796100595.05"),
    ])
    func secondsHaveAsManyDecimalsAsItTakes(milliseconds: Int64, text: String) {
        var writer = ShapeWriter(.json)
        writer.timestamp("t", Timestamp(milliseconds: milliseconds))
        #expect(String(decoding: writer.finish(), as: UTF8.self) == "\"t\":\(text)")
    }

    @Test func whatIsLongerThanTheRoomGrowsIt() {
        let tags = (0..<500).map {
            ECS.Tag(key: "key \($0)", value: String(repeating: "v", count: $0))
        }
        let written = ShapeWriter.json(ECS.TagResource(resourceArn: "arn", tags: tags))
        let text = String(decoding: written, as: UTF8.self)
        let expected = tags.map { #"{"key":"\#($0.key!)","value":"\#($0.value!)"}"# }
        #expect(text == #"{"resourceArn":"arn","tags":[\#(expected.joined(separator: ","))]}"#)
    }
}
