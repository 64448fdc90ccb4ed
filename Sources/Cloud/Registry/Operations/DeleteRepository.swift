import CloudAPI

extension ECR.DeleteRepository: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let repository = cloud.registry.repositories[id]
        guard repository.images.isEmpty || force == true else {
            throw .repositoryNotEmpty(repository.name, in: repository.place.account)
        }

        let described = ECR.Repository(id, in: cloud)
        // The last pushed first: that is the cheap end of the list.
        for image in repository.images.reversed() { cloud.registry.delete(image) }
        for upload in repository.uploads {
            cloud.registry.remove(upload, named: cloud.name(of: upload))
        }
        cloud.registry.repositories.remove(id)
        cloud.registry.repositoryIDs[PlacedName(repository.name, in: repository.place)] = nil
        if let position = cloud.registry.repositoriesByPlace[repository.place]?.position(of: id) {
            cloud.registry.repositoriesByPlace[repository.place]?.remove(at: position)
        }

        for blob in repository.blobs.sorted { cloud.registry.dropBytes(of: blob.key) }
        cloud.record(.registry(.repositoryDeleted(id)))

        return Output(repository: described)
    }
}
