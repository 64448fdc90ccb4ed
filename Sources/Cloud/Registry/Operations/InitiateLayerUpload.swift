import CloudAPI

/// Source: ecr.md section 6.2.
extension ECR.InitiateLayerUpload: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)

        let id = cloud.registry.uploads.insert(Registry.LayerUpload(repository: repository))
        let name = cloud.name(of: id)
        cloud.registry.uploadIDs[name] = id
        cloud.registry.repositories[repository].uploads.append(id)

        return Output(uploadId: name, partSize: Registry.suggestedPart)
    }
}
