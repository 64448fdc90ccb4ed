import CloudAPI
import Simulation

/// Only for layers of an image. Source: ecr.md sections 6.5 and 8.6.
extension ECR.GetDownloadUrlForLayer: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        guard Registry.isDigest(layerDigest) else {
            throw .registryParameter(
                "layerDigest", "must satisfy regular expression '\(Registry.digestPattern)'")
        }
        guard let blob = cloud.registry.repositories[repository].blobs[layerDigest] else {
            throw .layerNotFound
        }
        guard blob.uses > 0 else { throw .layerInaccessible }

        let address = LayerAddress(
            place: cloud.registry.repositories[repository].place, repository: repositoryName,
            digest: layerDigest,
            expiresAt: cloud.now + .hours(1))
        return Output(downloadUrl: cloud.url(of: address), layerDigest: layerDigest)
    }
}
