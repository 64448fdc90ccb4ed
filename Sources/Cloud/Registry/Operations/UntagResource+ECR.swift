import CloudAPI

extension ECR.UntagResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(arn: resourceArn, for: caller)

        cloud.registry.repositories[id].tags.removeAll { tagKeys.contains($0.key) }
        cloud.record(.registry(.repositoryChanged(id)))

        return Output()
    }
}
