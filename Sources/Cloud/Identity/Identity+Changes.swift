import Simulation

/// The lists by account stay in the order of names, the indexes beside them in step.
extension Identity {
    mutating func add(_ role: Role) -> RoleID {
        let id = roles.insert(role)
        roleIDs[key(role.account, role.name)] = id
        let place = (rolesByAccount[role.account] ?? []).partition { roles[$0].name > role.name }
        rolesByAccount[role.account, default: []].insert(id, at: place)
        return id
    }

    mutating func delete(_ id: RoleID) {
        let role = roles[id]
        for policy in role.attachedPolicies { detach(policy, from: id) }
        let place = (rolesByAccount[role.account] ?? []).partition { roles[$0].name >= role.name }
        rolesByAccount[role.account]?.remove(at: place)
        roleIDs[key(role.account, role.name)] = nil
        roles.remove(id)
    }

    mutating func attach(_ policy: String, to id: RoleID) {
        roles[id].attachedPolicies.append(policy)
        attachments[AccountName(account: roles[id].account, name: policy), default: []].append(id)
    }

    mutating func detach(_ policy: String, from id: RoleID) {
        roles[id].attachedPolicies.removeAll { $0 == policy }
        let key = AccountName(account: roles[id].account, name: policy)
        attachments[key]?.removeAll { $0 == id }
        if attachments[key]?.isEmpty == true { attachments[key] = nil }
    }

    mutating func add(_ policy: Policy) -> PolicyID {
        let id = policies.insert(policy)
        policyIDs[key(policy.account, policy.name)] = id
        let place = (policiesByAccount[policy.account] ?? [])
            .partition { policies[$0].name > policy.name }
        policiesByAccount[policy.account, default: []].insert(id, at: place)
        return id
    }

    mutating func delete(_ id: PolicyID) {
        let policy = policies[id]
        let place = (policiesByAccount[policy.account] ?? [])
            .partition { policies[$0].name >= policy.name }
        policiesByAccount[policy.account]?.remove(at: place)
        policyIDs[key(policy.account, policy.name)] = nil
        policies.remove(id)
    }

    mutating func add(_ profile: InstanceProfile) -> InstanceProfileID {
        let id = instanceProfiles.insert(profile)
        instanceProfileIDs[key(profile.account, profile.name)] = id
        let place = (instanceProfilesByAccount[profile.account] ?? [])
            .partition { instanceProfiles[$0].name > profile.name }
        instanceProfilesByAccount[profile.account, default: []].insert(id, at: place)
        return id
    }

    mutating func delete(_ id: InstanceProfileID) {
        let profile = instanceProfiles[id]
        let place = (instanceProfilesByAccount[profile.account] ?? [])
            .partition { instanceProfiles[$0].name >= profile.name }
        instanceProfilesByAccount[profile.account]?.remove(at: place)
        instanceProfileIDs[key(profile.account, profile.name)] = nil
        instanceProfiles.remove(id)
    }

    func key(_ account: String, _ name: String) -> AccountName {
        AccountName(account: account, name: name.lowercased())
    }
}
