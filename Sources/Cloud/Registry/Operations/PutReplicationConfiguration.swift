import CloudAPI

/// The whole configuration is replaced. What was pushed before stays where it is.
/// Source: ecr.md section 14.
extension ECR.PutReplicationConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let rules = replicationConfiguration.rules ?? []
        guard rules.count <= 10 else {
            throw .registryParameter(
                "replicationConfiguration.rules", "Member must have length less than or equal to 10"
            )
        }
        for destination in rules.flatMap({ $0.destinations ?? [] }) {
            let place = Place(
                account: try Registry.account(destination.registryId ?? "", for: caller),
                region: destination.region ?? "")
            guard place != caller.place else {
                throw .registryParameter(
                    "replicationConfiguration",
                    "Replication destination cannot be the same as the source registry")
            }
        }

        cloud.registry.settings[caller.place, default: .init()].replication = Wired(
            .init(rules: rules))

        return Output(replicationConfiguration: .init(rules: rules))
    }
}
