import CloudAPI

extension Registry {
    /// Asks the policy of a repository. Its own account needs none; another account needs one that
    /// allows it; and what a policy denies is denied to both. Source: ecr.md section 12.1.
    ///
    /// Policies of IAM are not asked: see docs/fidelity.md.
    func check(
        _ caller: Caller, may action: String, in id: RepositoryID
    ) throws(APIFailure) {
        let isOwn = repositories[id].place.account == caller.place.account
        let policy = repositories[id].policy
        if isOwn, policy == nil { return }
        let decision =
            policy.flatMap { PolicyDocument($0) }?.decision(for: caller, to: "ecr:\(action)")
            ?? .implicitDeny
        guard decision == .explicitDeny || (decision == .implicitDeny && !isOwn) else { return }
        throw .registryAccessDenied(
            caller, action, on: repositories[id], isExplicit: decision == .explicitDeny)
    }
}
