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
        let found = Array(scope.utf8).withUnsafeBufferPointer(Self.read)
        guard let found else { return nil }
        self = found
    }

    /// The same by bytes: every request has a scope, and walking characters would take longer than
    /// all the rest of finding out where a request goes.
    fileprivate static func read(_ scope: UnsafeBufferPointer<UInt8>) -> Credential? {
        var rest = scope[...]
        func part() -> String? {
            guard let slash = rest.firstIndex(of: UInt8(ascii: "/")), slash > rest.startIndex
            else { return nil }
            defer { rest = rest[(slash + 1)...] }
            return String(decoding: rest[..<slash], as: UTF8.self)
        }
        guard let accessKey = part(), let date = part(), let region = part(), let service = part(),
            rest.elementsEqual("aws4_request".utf8)
        else { return nil }
        return Credential(accessKey: accessKey, date: date, region: region, service: service)
    }

    private init(accessKey: String, date: String, region: String, service: String) {
        self.accessKey = accessKey
        self.date = date
        self.region = region
        self.service = service
    }

    var scope: String { "\(date)/\(region)/\(service)/aws4_request" }
}

/// What a request says about its signature, in its `Authorization` header or in its query.
struct Authorization: Sendable, Equatable {
    static let algorithm = "AWS4-HMAC-SHA256"

    var credential: Credential
    /// As sent: names with semicolons between them.
    var signedHeaderList: String
    var signature: String
    /// As sent: `"20260131T120000Z"`.
    var date: String
    /// Seconds for which a presigned request holds; `nil` where the header signs.
    var expires: Int?

    var signedHeaders: [String] { signedHeaderList.split(separator: ";").map(String.init) }

    enum Found: Equatable {
        case nothing, incomplete, complete(Authorization)
    }

    static func find(in request: WireRequest) -> Found {
        if var header = request.headers["authorization"], header.hasPrefix(algorithm) {
            return header.withUTF8 {
                find(
                    inHeader: UnsafeBufferPointer(rebasing: $0[algorithm.utf8.count...]),
                    of: request)
            }
        }
        guard !request.query.isEmpty else { return .nothing }
        guard request.query.contains("X-Amz-Algorithm=") else { return .nothing }
        return find(inQuery: request.query)
    }

    private static func find(
        inHeader text: UnsafeBufferPointer<UInt8>, of request: WireRequest
    ) -> Found {
        var credential: Credential?
        var headers: String?
        var signature: String?
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: ",")) ?? rest.endIndex
            let part = rest[..<end].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            rest = rest[end...].dropFirst()
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = part[..<equals]
            let value = part[(equals + 1)...]
            if name.elementsEqual("Credential".utf8) {
                credential = Credential.read(UnsafeBufferPointer(rebasing: value))
            } else if name.elementsEqual("SignedHeaders".utf8) {
                headers = String(decoding: value, as: UTF8.self)
            } else if name.elementsEqual("Signature".utf8) {
                let text = value.prefix { $0 > 0x20 }
                signature = String(decoding: text, as: UTF8.self)
            }
        }
        guard let credential, let headers, let signature,
            let date = request.headers["x-amz-date"] ?? request.headers["date"]
        else { return .incomplete }
        return .complete(
            Authorization(
                credential: credential, signedHeaderList: headers, signature: signature, date: date)
        )
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
                signedHeaderList: headers, signature: signature, date: date, expires: expires))
    }
}
