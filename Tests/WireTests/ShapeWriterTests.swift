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
        for number in [0, 7, 9, 10, 99, 100, 12345, -1, -10, Int.max, Int.min] {
            var writer = ShapeWriter(.json)
            writer.int("n", number)
            #expect(String(decoding: writer.finish(), as: UTF8.self) == "\"n\":\(number)")
        }
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
