import CloudAPI

/// Source: ecr.md section 13.1; at most 25 names: the model. The reason of a failure: assumed,
/// after the text of RepositoryNotFoundException.
extension ECR.BatchGetRepositoryScanningConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Registry.checkCount(repositoryNames.count, of: "repositoryNames", upTo: 25)

        var output = Output(scanningConfigurations: [], failures: [])
        for name in repositoryNames {
            guard let id = cloud.registry.repositoryIDs[PlacedName(name, in: caller.place)] else {
                let reason = APIFailure.repositoryNotFound(name, in: caller.place.account).message
                output.failures?.append(
                    .init(
                        repositoryName: name, failureCode: .repositoryNotFound,
                        failureReason: reason))
                continue
            }
            let (frequency, filters) = cloud.registry.scanning(of: id)
            output.scanningConfigurations?.append(
                .init(
                    repositoryArn: cloud.arn(id), repositoryName: name,
                    scanOnPush: frequency == .scanOnPush, scanFrequency: frequency,
                    appliedScanFilters: filters))
        }
        return output
    }
}
