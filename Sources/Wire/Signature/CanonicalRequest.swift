import Digests

/// A request in the one form in which signer and verifier agree on it.
///
/// Source: AWS IAM User Guide, "Create a signed AWS API request", step 1.
struct CanonicalRequest: Equatable {
    let text: String

    /// - Returns: `nil` if a signed header is not there, or if the request says that its body has
    ///   another digest than it has.
    init?(_ request: WireRequest, signedHeaders: [String]) {
        var lines = [request.method, Self.path(request.path)]
        lines.append(Self.query(request.query))
        for name in signedHeaders {
            let values = request.headers.values(of: name)
            guard !values.isEmpty else { return nil }
            lines.append("\(name):\(values.map(Self.collapsed).joined(separator: ","))")
        }
        lines.append("")
        lines.append(signedHeaders.joined(separator: ";"))
        guard let digest = Self.digest(of: request) else { return nil }
        lines.append(digest)
        text = lines.joined(separator: "\n")
    }

    /// Every service but S3 encodes the path once more than it was sent, and resolves dots.
    private static func path(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        guard !segments.isEmpty else { return "/" }
        let ends = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        return "/" + segments.map { percentEncoded($0.utf8) }.joined(separator: "/")
            + (ends ? "/" : "")
    }

    private static func query(_ query: String) -> String {
        var pairs: [(name: String, value: String)] = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = recoded(parts[0])
            guard name != "X-Amz-Signature" else { continue }
            pairs.append((name, parts.count > 1 ? recoded(parts[1]) : ""))
        }
        pairs.sort { $0 < $1 }
        return pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    /// Decoded and encoded again, so that the escapes are those the signer chose or would choose.
    private static func recoded(_ text: Substring) -> String {
        percentDecoded(text.utf8, plusIsBlank: false).map { percentEncoded($0.utf8) }
            ?? String(text)
    }

    private static func digest(of request: WireRequest) -> String? {
        let stated = request.headers["x-amz-content-sha256"]
        if stated == "UNSIGNED-PAYLOAD" { return stated }
        let actual = SHA256.hex(of: request.body)
        guard let stated else { return actual }
        return stated == actual ? actual : nil
    }

    /// Without blanks around it, and with one for every run of them inside.
    private static func collapsed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }
}

/// RFC 3986's unreserved characters stay, everything else is escaped.
func percentEncoded(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: text.append(byte)
        default: text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: text, as: UTF8.self)
}
