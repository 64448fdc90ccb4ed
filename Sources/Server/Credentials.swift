/// Access keys and their secrets, from a file as the AWS CLI keeps one.
public struct Credentials: Sendable {
    public struct Key: Sendable {
        public var secret: String
        /// Twelve digits; `nil`: what the access key itself says, or the server's.
        public var account: String?
    }

    public private(set) var keys: [String: Key] = [:]

    /// Why a file is not one of credentials.
    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    /// Reads the form of `~/.aws/credentials`; a profile may also say `account`.
    ///
    /// - Throws: A ``Problem`` that names the line.
    public init(_ text: String) throws(Problem) {
        var profile = "default"
        var values: [String: String] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = Self.trimmed(line)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                try add(values, profile)
                profile = String(line.dropFirst().dropLast())
                values = [:]
                continue
            }
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw Problem(
                    description: "Line \(number + 1) is neither a [profile] nor a \"name = value\"."
                )
            }
            values[Self.trimmed(parts[0]).lowercased()] = String(Self.trimmed(parts[1]))
        }
        try add(values, profile)
        if keys.isEmpty {
            throw Problem(
                description: "It has no aws_access_key_id with its aws_secret_access_key.")
        }
    }

    private mutating func add(
        _ values: [String: String], _ profile: String
    ) throws(Problem) {
        guard let id = values["aws_access_key_id"] else { return }
        guard let secret = values["aws_secret_access_key"] else {
            throw Problem(description: "The profile [\(profile)] has no aws_secret_access_key.")
        }
        let account = values["account"]
        if let account, !AccessKeys.isAccount(account) {
            throw Problem(description: "The account of [\(profile)] is not twelve digits.")
        }
        keys[id] = Key(secret: secret, account: account)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
