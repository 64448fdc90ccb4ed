import CloudAPI

/// Source: ecr.md section 6.1. That an unknown layer is no failure but `UNAVAILABLE`, and the texts
/// of failures: assumed.
extension ECR.BatchCheckLayerAvailability: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        try Registry.checkCount(layerDigests.count, of: "layerDigests")

        var output = Output(layers: [], failures: [])
        for digest in layerDigests {
            if digest.isEmpty {
                output.failures?.append(
                    .init(
                        layerDigest: digest, failureCode: .missingLayerDigest,
                        failureReason: "Invalid request parameters: layer digest cannot be null"))
            } else if !Registry.isDigest(digest) {
                output.failures?.append(
                    .init(
                        layerDigest: digest, failureCode: .invalidLayerDigest,
                        failureReason:
                            "Invalid request parameters: layer digest should satisfy the "
                            + "regex '\(Registry.digestPattern)'"))
            } else if let blob = cloud.registry.repositories[repository].blobs[digest] {
                output.layers?.append(
                    .init(
                        layerDigest: digest, layerAvailability: .available,
                        layerSize: blob.sizeBytes, mediaType: blob.mediaType))
            } else {
                output.layers?.append(.init(layerDigest: digest, layerAvailability: .unavailable))
            }
        }
        return output
    }
}
