import CloudAPI
import Simulation

extension Registry {
    /// The repository that a call names.
    ///
    /// - Parameter action: The operation's name, for the repository's policy to judge. Without one
    ///   no policy is asked, and registries of other accounts look empty.
    func find(
        _ name: String, in registryId: String?, for caller: Caller, to action: String? = nil
    ) throws(APIFailure) -> RepositoryID {
        let account = try Self.account(registryId, for: caller)
        let home = Place(account: account, region: caller.place.region)
        if action != nil || account == caller.place.account,
            let id = repositoryIDs[PlacedName(name, in: home)]
        {
            if let action { try check(caller, may: action, in: id) }
            return id
        }
        try Self.checkName(name)
        throw .repositoryNotFound(name, in: account)
    }

    /// Whether ECR would take this as the name of a repository.
    public static func isName(_ name: String) -> Bool { (try? checkName(name)) != nil }

    /// The account of the registry that a call is about. Source: ecr.md section 1.7.
    static func account(_ registryId: String?, for caller: Caller) throws(APIFailure) -> String {
        guard let registryId else { return caller.place.account }
        guard registryId.utf8.count == 12, registryId.utf8.allSatisfy({ 48...57 ~= $0 }) else {
            throw .registryParameter("registryId", "must satisfy regular expression '[0-9]{12}'")
        }
        return registryId
    }

    private static let namePattern =
        "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*"

    /// Source: ecr.md section 1.5. The texts about the length: assumed.
    static func checkName(_ name: String) throws(APIFailure) {
        let length = name.utf8.count
        guard length >= 2 else {
            throw .registryParameter(
                "repositoryName", "Member must have length greater than or equal to 2")
        }
        guard length <= 256 else {
            throw .registryParameter(
                "repositoryName", "Member must have length less than or equal to 256")
        }
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.allSatisfy(isNamePart) else {
            throw .registryParameter(
                "repositoryName", "must satisfy regular expression '\(namePattern)'")
        }
    }

    /// Runs of lower-case letters and digits; between two of them `.`, `_`, `__` or dashes.
    private static func isNamePart(_ part: Substring.UTF8View) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { 97...122 ~= byte || 48...57 ~= byte }
        guard let first = part.first, let last = part.last, isLetter(first), isLetter(last) else {
            return false
        }
        return part.split(whereSeparator: isLetter).allSatisfy { joint in
            joint.elementsEqual(".".utf8) || joint.elementsEqual("_".utf8)
                || joint.elementsEqual("__".utf8) || joint.allSatisfy { $0 == UInt8(ascii: "-") }
        }
    }

    /// Source: ecr.md section 1.6.
    static func isTag(_ tag: String) -> Bool {
        guard let first = tag.utf8.first, tag.utf8.count <= 128, first != UInt8(ascii: "."),
            first != UInt8(ascii: "-")
        else { return false }
        return tag.utf8.allSatisfy { byte in
            48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        }
    }

    static let digestPattern = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+"

    /// Source: ecr.md section 1.6.
    static func isDigest(_ text: String) -> Bool {
        let parts = text.utf8.split(
            separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return false }
        return parts[0].allSatisfy { byte in
            48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || "-_+.".utf8.contains(byte)
        } && parts[1].allSatisfy { 48...57 ~= $0 || 65...70 ~= $0 || 97...102 ~= $0 }
    }

    /// The size of a page. The texts: assumed, after that of a value outside an enum, section 10.4.
    static func pageSize(_ maxResults: Int?, upTo most: Int = 1000) throws(APIFailure) -> Int {
        guard let maxResults else { return 100 }
        guard maxResults >= 1 else {
            throw .registryParameter(
                "maxResults", "Member must have value greater than or equal to 1")
        }
        guard maxResults <= most else {
            throw .registryParameter(
                "maxResults", "Member must have value less than or equal to \(most)")
        }
        return maxResults
    }

    /// The id of the last thing on the page before; `nil` on the first page.
    static func last<ID: Identifier>(_ token: String?, of: ID.Type) throws(APIFailure) -> ID? {
        guard let token else { return nil }
        guard let page = PageToken(token), let number = UInt32(page.last) else {
            throw .registryParameter("nextToken", "Invalid token")
        }
        return ID(rawValue: number)
    }

    /// Refuses an empty list and one of more than `most`. The texts: assumed.
    static func checkCount(
        _ count: Int, of field: String, upTo most: Int = 100
    ) throws(APIFailure) {
        guard count >= 1 else {
            throw .registryParameter(field, "Member must have length greater than or equal to 1")
        }
        guard count <= most else {
            throw .registryParameter(field, "Member must have length less than or equal to \(most)")
        }
    }

    /// Names or ids pick things out, a page walks over all: not both. Source: sections 2.6 and 8.2;
    /// the text: assumed.
    static func checkNoPage(
        _ maxResults: Int?, _ nextToken: String?, beside field: String
    ) throws(APIFailure) {
        guard maxResults != nil || nextToken != nil else { return }
        throw .registryParameter(
            maxResults != nil ? "maxResults" : "nextToken", "cannot be used with \(field)")
    }
}
