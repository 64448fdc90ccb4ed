import CloudAPI

/// An archived image is inaccessible: ecr.md section 17, the text is assumed.
/// `acceptedMediaTypes` changes nothing: Drydock gives out each manifest as it was pushed.
extension ECR.BatchGetImage: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        try Registry.checkCount(imageIds.count, of: "imageIds")

        var output = Output(images: [], failures: [])
        for imageId in imageIds {
            switch cloud.registry.select(imageId, in: repository) {
            case .found(let id) where cloud.registry.images[id].storage != .active:
                output.failures?.append(
                    .init(
                        imageId: imageId, failureCode: .imageInaccessible,
                        failureReason: "Requested image is archived"))
            case .found(let id):
                output.images?.append(ECR.Image(id, tag: imageId.imageTag, in: cloud))
            case .failed(let code, let reason):
                output.failures?.append(
                    .init(imageId: imageId, failureCode: code, failureReason: reason))
            }
        }
        return output
    }
}
