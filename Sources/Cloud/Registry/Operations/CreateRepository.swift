import CloudAPI

extension ECR.CreateRepository: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let account = try Registry.account(registryId, for: caller)
        try Registry.checkName(repositoryName)
        let mutability = try Registry.Repository.Mutability(imageTagMutability ?? .mutable)
        let exclusions = try mutability.exclusions(imageTagMutabilityExclusionFilters)
        let tags = try [ResourceTag]().adding(tags ?? [])
        let encryption = try encryption(in: caller.place)
        let key = PlacedName(repositoryName, in: caller.place)
        guard account == caller.place.account, cloud.registry.repositoryIDs[key] == nil else {
            throw .repositoryAlreadyExists(repositoryName, in: account)
        }

        var repository = Registry.Repository(
            place: caller.place, name: repositoryName, createdAt: cloud.now)
        repository.mutability = mutability
        repository.exclusions = exclusions
        repository.scansOnPush = imageScanningConfiguration?.scanOnPush ?? false
        (repository.encryption, repository.kmsKey) = encryption
        repository.tags = tags
        let id = cloud.registry.add(repository)
        cloud.record(.registry(.repositoryChanged(id)))

        return Output(repository: ECR.Repository(id, in: cloud))
    }

    /// Source: ecr.md section 2.3; the text: assumed, after section 10.4.
    private func encryption(in place: Place) throws(APIFailure) -> (type: String, key: String?) {
        guard let wanted = encryptionConfiguration else { return ("AES256", nil) }
        switch wanted.encryptionType {
        case .aes256?: return ("AES256", nil)
        case .kms?, .kmsDsse?:
            let key = wanted.kmsKey ?? Registry.managedKey(in: place)
            return (wanted.encryptionType!.rawValue, key)
        default:
            throw .registryParameter(
                "encryptionConfiguration.encryptionType",
                "Member must satisfy enum value set: [KMS, KMS_DSSE, AES256]")
        }
    }
}
