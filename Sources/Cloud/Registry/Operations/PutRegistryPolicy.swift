import CloudAPI

/// The policy is kept and given back; Drydock does not evaluate it.
extension ECR.PutRegistryPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard Registry.isPolicy(policyText) else {
            throw .registryParameter("PolicyText", "Invalid registry policy provided")
        }

        cloud.registry.settings[caller.place, default: .init()].policy = policyText

        return Output(registryId: caller.place.account, policyText: policyText)
    }
}
