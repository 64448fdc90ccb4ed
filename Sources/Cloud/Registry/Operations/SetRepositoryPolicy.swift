import CloudAPI

/// What the policy opens and closes: `Registry.check` in RegistryAccess.swift.
extension ECR.SetRepositoryPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        guard Registry.isPolicy(policyText) else {
            throw .registryParameter("PolicyText", "Invalid repository policy provided")
        }

        cloud.registry.repositories[id].policy = policyText
        cloud.record(.registry(.repositoryChanged(id)))

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName, policyText: policyText
        )
    }
}

extension Registry {
    /// Whether each statement says what it allows or denies, to whom, and to do what.
    static func isPolicy(_ text: String) -> Bool {
        guard text.utf8.count <= 10_240, let json = WireValue(json: text),
            let statement = json["Statement"]
        else { return false }
        return (statement.asList ?? [statement]).allSatisfy { statement in
            let hasPrincipal = statement["Principal"] != nil || statement["NotPrincipal"] != nil
            let hasAction = statement["Action"] != nil || statement["NotAction"] != nil
            return ["Allow", "Deny"].contains(statement["Effect"]?.asText)
                && hasPrincipal && hasAction
        }
    }
}
