import Digests

/// ARNs and ids. Source of the forms: surroundings.md sections 2 and 3.
extension Cloud {
    public func arn(_ id: RoleID) -> String {
        let role = identity.roles[id]
        return "arn:aws:iam::\(role.account):role\(role.path)\(role.name)"
    }

    public func arn(_ id: PolicyID) -> String {
        let policy = identity.policies[id]
        return "arn:aws:iam::\(policy.account):policy\(policy.path)\(policy.name)"
    }

    public func arn(_ id: InstanceProfileID) -> String {
        let profile = identity.instanceProfiles[id]
        return "arn:aws:iam::\(profile.account):instance-profile\(profile.path)\(profile.name)"
    }

    func uniqueID(_ id: RoleID) -> String { "AROA" + naming.capitals(UInt64(id.rawValue), .role) }

    /// The numbers of roles, policies and what has no number of its own are kept apart.
    func uniqueID(_ id: PolicyID) -> String {
        "ANPA" + naming.capitals(1 << 33 | UInt64(id.rawValue), .role)
    }

    func uniqueID(_ id: InstanceProfileID) -> String {
        "AIPA" + naming.capitals(UInt64(id.rawValue), .instanceProfile)
    }

    /// The unique id of something that is known by its ARN only.
    func uniqueID(_ prefix: String, ofARN arn: String) -> String {
        let digits = SHA256.hex(of: arn.utf8).prefix(8)
        return prefix + naming.capitals(1 << 34 | (UInt64(digits, radix: 16) ?? 0), .role)
    }

    /// `UserId` of `GetCallerIdentity`.
    func userID(of caller: Caller) -> String {
        let account = caller.place.account
        let resource = caller.arn.split(separator: ":", maxSplits: 5).last.map(String.init) ?? ""
        let parts = resource.split(separator: "/").map(String.init)
        switch parts.first {
        case "user": return uniqueID("AIDA", ofARN: caller.arn)
        case "assumed-role" where parts.count == 3:
            let role = identity.role(named: parts[1], in: account).map { uniqueID($0) }
            return (role ?? uniqueID("AROA", ofARN: caller.arn)) + ":" + parts[2]
        case "federated-user" where parts.count == 2: return account + ":" + parts[1]
        default: return account
        }
    }
}
