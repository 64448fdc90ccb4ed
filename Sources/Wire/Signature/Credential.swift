/// Who signed a request and for what: the credential scope of Signature Version 4.
public struct Credential: Sendable, Equatable {
    public var accessKey: String
    /// The day of the signature, `"20260131"`.
    public var date: String
    public var region: String
    /// The signing name of the service: `"elasticloadbalancing"`.
    public var service: String

    /// Reads `AKID/20260131/us-east-1/ecs/aws4_request`.
    init?(scope: some StringProtocol) {
        let parts = scope.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[4] == "aws4_request", parts.allSatisfy({ !$0.isEmpty })
        else { return nil }
        accessKey = String(parts[0])
        date = String(parts[1])
        region = String(parts[2])
        service = String(parts[3])
    }

    var scope: String { "\(date)/\(region)/\(service)/aws4_request" }
}

/// What a request says about its signature, in its `Authorization` header or in its query.
struct Authorization: Sendable, Equatable {
    static let algorithm = "AWS4-HMAC-SHA256"

    var credential: Credential
    var signedHeaders: [String]
    var signature: String
    /// As sent: `"20260131T120000Z"`.
    var date: String
    /// Seconds for which a presigned request holds; `nil` where the header signs.
    var expires: Int?

    enum Found: Equatable {
        case nothing, incomplete, complete(Authorization)
    }

    static func find(in request: WireRequest) -> Found {
        if let header = request.headers["authorization"], header.hasPrefix(algorithm) {
            return find(inHeader: header.dropFirst(algorithm.count), of: request)
        }
        guard request.query.contains("X-Amz-Algorithm=") else { return .nothing }
        return find(inQuery: request.query)
    }

    private static func find(inHeader text: Substring, of request: WireRequest) -> Found {
        var parts: [String: Substring] = [:]
        for part in text.split(separator: ",") {
            let pair = part.trimmed.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { parts[String(pair[0])] = pair[1] }
        }
        guard let credential = parts["Credential"].flatMap({ Credential(scope: $0) }),
            let headers = parts["SignedHeaders"], let signature = parts["Signature"],
            let date = request.headers["x-amz-date"] ?? request.headers["date"]
        else { return .incomplete }
        return .complete(
            Authorization(
                credential: credential,
                signedHeaders: headers.split(separator: ";").map(String.init),
                signature: String(signature), date: date))
    }

    private static func find(inQuery query: String) -> Found {
        var values: [String: String] = [:]
        for pair in query.split(separator: "&") where pair.hasPrefix("X-Amz-") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = percentDecoded(parts[1].utf8, plusIsBlank: false)
            else { return .incomplete }
            values[String(parts[0])] = value
        }
        guard values["X-Amz-Algorithm"] == algorithm,
            let credential = values["X-Amz-Credential"].flatMap({ Credential(scope: $0) }),
            let headers = values["X-Amz-SignedHeaders"], let signature = values["X-Amz-Signature"],
            let date = values["X-Amz-Date"],
            let expires = values["X-Amz-Expires"].flatMap({ Int($0) })
        else { return .incomplete }
        return .complete(
            Authorization(
                credential: credential,
                signedHeaders: headers.split(separator: ";").map(String.init),
                signature: signature, date: date, expires: expires))
    }
}
