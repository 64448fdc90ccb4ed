import CloudAPI

extension Identity {
    func find(role name: String, for caller: Caller) throws(APIFailure) -> RoleID {
        guard let id = role(named: name, in: caller.place.account) else {
            throw .roleNotFound(name)
        }
        return id
    }

    /// A role that users may change.
    func findModifiable(role name: String, for caller: Caller) throws(APIFailure) -> RoleID {
        let id = try find(role: name, for: caller)
        guard !roles[id].isServiceLinked else { throw .roleIsProtected(name) }
        return id
    }

    /// A policy of the caller's account; those of AWS nobody may change.
    func find(policy arn: String, to action: String, for caller: Caller) throws(APIFailure)
        -> PolicyID
    {
        if ManagedPolicy.named(arn: arn) != nil {
            throw .identityAccessDenied(caller, "iam:\(action)", "policy \(arn)")
        }
        guard let id = policy(arn: arn), policies[id].account == caller.place.account else {
            throw .policyNotFound(arn)
        }
        return id
    }

    func find(instanceProfile name: String, for caller: Caller) throws(APIFailure)
        -> InstanceProfileID
    {
        guard let id = instanceProfileIDs[key(caller.place.account, name)],
            instanceProfiles[id].name == name
        else { throw .instanceProfileNotFound(name) }
        return id
    }

    /// Whether a role of this account can have the policy.
    func checkAttachable(_ arn: String, in account: String) throws(APIFailure) {
        if let managed = ManagedPolicy.named(arn: arn) {
            if managed.isForServices { throw .serviceRolePolicyNotAttachable }
            return
        }
        guard arn.hasPrefix("arn:") else { throw .identityValidation("ARN \(arn) is not valid.") }
        guard let id = policy(arn: arn), policies[id].account == account else {
            throw .policyNotAttachable(arn)
        }
    }

    // MARK: values

    /// Source of the limits: surroundings.md section 3.
    static func check(
        name: String, _ field: String, upTo most: Int = 128
    ) throws(APIFailure) {
        guard !name.isEmpty else {
            throw .identityValidation(
                name, at: field, "have length greater than or equal to 1")
        }
        guard name.utf8.count <= most else {
            throw .identityValidation(name, at: field, "have length less than or equal to \(most)")
        }
        guard isName(name) else {
            throw .identityValidation(
                "The specified value for \(field) is invalid. It must contain only alphanumeric "
                    + "characters and/or the following: +=,.@_-")
        }
    }

    static func isName(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || "+=,.@_-".utf8.contains(byte)
        }
    }

    static func check(path: String) throws(APIFailure) {
        let isPath =
            path.utf8.first == UInt8(ascii: "/") && path.utf8.last == UInt8(ascii: "/")
            && path.utf8.allSatisfy { 0x21...0x7E ~= $0 } && path.utf8.count <= 512
        guard isPath else {
            throw .identityValidation(
                "The specified value for path is invalid. It must begin and end with / and contain "
                    + "only alphanumeric characters and/or / characters.")
        }
    }

    static func check(_ value: Int?, at field: String, in range: ClosedRange<Int>)
        throws(APIFailure)
    {
        guard let value else { return }
        guard value >= range.lowerBound else {
            throw .identityValidation(
                value, at: field, "have value greater than or equal to \(range.lowerBound)")
        }
        guard value <= range.upperBound else {
            throw .identityValidation(
                value, at: field, "have value less than or equal to \(range.upperBound)")
        }
    }
}

/// A page of a list that is in the order of names.
struct NamedPage<Element> {
    var elements: [Element] = []
    /// The `Marker` of the next page; `nil` on the last one.
    var marker: String?
}

extension NamedPage {
    /// - Parameters:
    ///   - sorted: By ascending name.
    ///   - maxItems: 100 if left out.
    init(
        of sorted: [Element], after marker: String?, _ maxItems: Int?,
        name: (Element) -> String, where isIncluded: (Element) -> Bool = { _ in true }
    ) throws(APIFailure) {
        try Identity.check(maxItems, at: "maxItems", in: 1...1000)
        var start = 0
        if let marker {
            guard let token = PageToken(marker) else {
                throw .identityValidation("Invalid Marker.")
            }
            start = sorted.partition { name($0) > token.last }
        }
        for element in sorted[start...] where isIncluded(element) {
            if elements.count == maxItems ?? 100 {
                self.marker = elements.last.map { PageToken(after: name($0)).text }
                return
            }
            elements.append(element)
        }
    }
}

extension [ResourceTag] {
    /// With these tags too; one that is there gets the new value.
    func adding(_ new: [IAM.Tag]) throws(APIFailure) -> [ResourceTag] {
        var all = self
        for tag in new {
            let (key, value) = (tag.key ?? "", tag.value ?? "")
            guard (1...128).contains(key.count) else {
                throw .identityValidation(
                    key, at: "tags.1.member.key", "have length between 1 and 128")
            }
            guard value.count <= 256 else {
                throw .identityValidation(
                    value, at: "tags.1.member.value", "have length less than or equal to 256")
            }
            guard !key.lowercased().hasPrefix("aws:") else {
                throw .invalidIdentityInput("Tag keys that begin with aws: are reserved for AWS.")
            }
            if let place = all.firstIndex(where: { $0.key == key }) {
                all[place].value = value
            } else {
                all.append(ResourceTag(key, value))
            }
        }
        guard all.count <= 50 else {
            throw .identityLimitExceeded("The number of tags has reached the maximum limit.")
        }
        return all
    }

    var asIAM: [IAM.Tag] { map { IAM.Tag(key: $0.key, value: $0.value) } }

    /// A page of the tags, by key.
    func page(_ marker: String?, _ maxItems: Int?) throws(APIFailure) -> NamedPage<ResourceTag> {
        try NamedPage(of: sorted { $0.key < $1.key }, after: marker, maxItems, name: \.key)
    }
}
