extension TextWriter {
    /// The first five parts of an ARN, with the colons behind them.
    mutating func add(arnOf service: String, in place: borrowing Place) {
        add("arn:aws:")
        add(service)
        add(":")
        add(place.region)
        add(":")
        add(place.account)
        add(":")
    }
}

/// What stands behind the fifth colon of an ARN of a service in a place; `nil` for anything else.
///
/// `"arn:aws:ecs:us-east-1:000000000000:cluster/web"` has `"cluster/web"` for ECS.
func resource(ofARN text: String, service: String, in place: Place) -> String? {
    let parts = text.parts(separatedBy: ":", atMost: 6)
    guard parts.count == 6, parts[0] == "arn", parts[2] == service,
        parts[3] == place.region || parts[3].isEmpty,
        parts[4] == place.account || parts[4].isEmpty
    else { return nil }
    return parts[5]
}

extension String {
    /// What stands between the separators, empty parts too; the last one has the rest.
    ///
    /// By bytes: nearly every call names something, and to put characters together would take
    /// longer than to carry the call out.
    func parts(separatedBy separator: Unicode.Scalar, atMost most: Int = .max) -> [String] {
        var text = self
        return text.withUTF8 { bytes in
            var parts: [String] = []
            var start = 0
            while parts.count + 1 < most,
                let end = bytes[start...].firstIndex(of: UInt8(ascii: separator))
            {
                parts.append(String(decoding: bytes[start..<end], as: UTF8.self))
                start = end + 1
            }
            parts.append(String(decoding: bytes[start...], as: UTF8.self))
            return parts
        }
    }
}
