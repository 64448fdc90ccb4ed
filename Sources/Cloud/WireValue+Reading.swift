import CloudAPI

/// What a document says, for the few that the cloud reads itself: manifests, policies, patterns.
extension WireValue {
    /// - Returns: `nil` if the text is no JSON.
    init?(json text: some StringProtocol) {
        guard let value = try? JSONReader.read(Array(text.utf8)) else { return nil }
        self = value
    }

    var asText: String? { if case .string(let text) = self { text } else { nil } }
    var asInt: Int? { if case .int(let number) = self { number } else { nil } }
    var asList: [WireValue]? { if case .list(let values) = self { values } else { nil } }
    var asMembers: [Member]? { if case .object(let members) = self { members } else { nil } }

    /// The texts of a list of texts, or the one text that stands for such a list.
    var asTexts: [String]? {
        if let text = asText { return [text] }
        guard let list = asList else { return nil }
        let texts = list.compactMap(\.asText)
        return texts.count == list.count ? texts : nil
    }
}

extension String {
    /// The text as a JSON string, in its quotation marks.
    var quotedAsJSON: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\u{0}"..<"\u{20}":
                quoted += "\\u" + Naming.hex(UInt64(scalar.value), digits: 4)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
