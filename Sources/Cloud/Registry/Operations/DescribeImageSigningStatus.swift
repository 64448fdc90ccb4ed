import CloudAPI

/// One status for each rule whose filters name the repository. Drydock has no signing profiles, so
/// every signature has failed, and says so.
extension ECR.DescribeImageSigningStatus: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let id = try cloud.registry.image(imageId, in: repository)
        let rules = cloud.registry.settings[caller.place]?.signing?.shape.rules ?? []
        let applying = rules.filter { rule in
            let filters = rule.repositoryFilters ?? []
            return filters.isEmpty
                || filters.contains { WildcardPattern($0.filter ?? "").matches(repositoryName) }
        }
        return Output(
            repositoryName: repositoryName,
            imageId: .init(
                imageDigest: cloud.registry.images[id].digest, imageTag: imageId.imageTag),
            registryId: caller.place.account,
            signingStatuses: applying.map {
                .init(
                    signingProfileArn: $0.signingProfileArn,
                    failureCode: "UnsupportedOperationException",
                    failureReason: "Drydock does not sign images.", status: .failed)
            })
    }
}
