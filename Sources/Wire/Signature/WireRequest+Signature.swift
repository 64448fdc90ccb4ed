import CloudAPI
import Digests

/// Why a request is not known to come from the owner of an access key.
public enum SignatureProblem: Error, Sendable, Equatable {
    /// The request is not signed.
    case missing
    /// There is a signature, but not everything that belongs to it.
    case incomplete
    /// Nobody here has this access key.
    case unknownAccessKey(String)
    /// The signature is not the one that the secret makes of the request.
    case mismatch
    /// The request was signed too long ago, or ahead of time.
    case outOfTime(String)
    /// The signature is good, but for another service than this one.
    case otherService(expected: String)
}

extension WireRequest {
    /// The access key that the request says it was signed with; nothing has been checked yet.
    public var claimedAccessKey: String? {
        guard case .complete(let found) = Authorization.find(in: self) else { return nil }
        return found.credential.accessKey
    }

    /// Makes sure that whoever sent this request has the secret of the access key in it.
    ///
    /// For a server that others can reach; on the loopback interface any signature will do.
    ///
    /// - Parameters:
    ///   - now: The caller's clock; a signature holds five minutes before and after its date, and
    ///     a presigned request as long as it says, a week at most.
    ///   - secret: The secret of an access key; `nil` if nobody has that key.
    /// - Source: AWS IAM User Guide, "Signature Version 4 for API requests".
    public func verifySignature(
        at now: Timestamp, secret: (_ accessKey: String) -> String?
    ) throws(SignatureProblem) -> Credential {
        let authorization: Authorization
        switch Authorization.find(in: self) {
        case .nothing: throw .missing
        case .incomplete: throw .incomplete
        case .complete(let found): authorization = found
        }
        let credential = authorization.credential
        guard let secret = secret(credential.accessKey) else {
            throw .unknownAccessKey(credential.accessKey)
        }
        try authorization.checkDate(now)
        guard signsEnough(authorization),
            let canonical = CanonicalRequest(self, signedHeaders: authorization.signedHeaders)
        else { throw .mismatch }
        let expected = Self.signature(of: canonical, authorization, secret: secret)
        guard expected.isEqualInConstantTime(to: authorization.signature) else { throw .mismatch }
        return credential
    }

    /// The host must be signed, and the header that would turn one operation into another.
    private func signsEnough(_ authorization: Authorization) -> Bool {
        let signed = authorization.signedHeaders
        guard signed.contains("host"), signed == signed.sorted() else { return false }
        return headers["x-amz-target"] == nil || signed.contains("x-amz-target")
    }

    /// Steps 2 to 4 of the guide.
    private static func signature(
        of canonical: CanonicalRequest, _ authorization: Authorization, secret: String
    ) -> String {
        let credential = authorization.credential
        let text = [
            Authorization.algorithm, authorization.date, credential.scope,
            SHA256.hex(of: canonical.text.utf8),
        ].joined(separator: "\n")
        var key = Array("AWS4\(secret)".utf8)
        for part in [credential.date, credential.region, credential.service, "aws4_request"] {
            key = HMAC.sha256(part.utf8, key: key)
        }
        return HMAC.sha256(text.utf8, key: key).hex
    }
}

extension Authorization {
    private static let tolerance: Int64 = 5 * 60_000
    private static let longestValidity = 7 * 86_400

    fileprivate func checkDate(_ now: Timestamp) throws(SignatureProblem) {
        guard let signed = Timestamp(basicISO8601: date), date.hasPrefix(credential.date)
        else { throw .incomplete }
        let age = now.milliseconds - signed.milliseconds
        let clock = now.basicISO8601
        if age < -Self.tolerance {
            let limit = Timestamp(milliseconds: now.milliseconds + Self.tolerance).basicISO8601
            throw .outOfTime(
                "Signature not yet current: \(date) is still later than \(limit) (\(clock) + 5 "
                    + "min.)"
            )
        }
        if let expires {
            guard (0...Self.longestValidity).contains(expires) else { throw .incomplete }
            if age > Int64(expires) * 1000 { throw .outOfTime("Signature expired") }
        } else if age > Self.tolerance {
            let limit = Timestamp(milliseconds: now.milliseconds - Self.tolerance).basicISO8601
            throw .outOfTime(
                "Signature expired: \(date) is now earlier than \(limit) (\(clock) - 5 min.)")
        }
    }
}

extension Timestamp {
    /// `20260131T120000Z`
    fileprivate init?(basicISO8601 text: String) {
        let digits = Array(text)
        guard digits.count == 16 else { return nil }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        self.init(
            iso8601: "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))\(digits[8])\(part(9..<11)):"
                + "\(part(11..<13)):\(part(13..<15))\(digits[15])")
    }

    fileprivate var basicISO8601: String {
        iso8601.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}

extension String {
    /// Takes as long for a wrong first character as for a wrong last one.
    fileprivate func isEqualInConstantTime(to other: String) -> Bool {
        let (one, two) = (Array(utf8), Array(other.utf8))
        guard one.count == two.count else { return false }
        var difference: UInt8 = 0
        for index in one.indices { difference |= one[index] ^ two[index] }
        return difference == 0
    }
}

extension [UInt8] {
    fileprivate var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
