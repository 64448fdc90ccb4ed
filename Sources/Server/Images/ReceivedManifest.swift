import Cloud
import CloudAPI

/// A manifest that somebody has sent, with what can be known of it before the cloud sees it.
struct ReceivedManifest: Sendable {
    /// Source: ecr.md section 1.8.
    static let mostBytes = 4_194_304

    var put: ECR.PutImage
    let digest: String
    var configurationDigest: String?
    /// What the configuration of its image says, if the store has it.
    var configuration: Result<Registry.ImageConfiguration, AppProfile.LabelFailure>?
    /// Its bytes, on their way into a store that keeps them.
    var bytes: BlobUpload?

    /// Blocks.
    init(_ put: ECR.PutImage, digest: String, in blobs: BlobStore, _ profiles: ImageProfiles) throws
    {
        self.put = put
        self.digest = digest
        configurationDigest = Registry.configurationDigest(
            of: put.imageManifest, mediaType: put.imageManifestMediaType)
        if let configurationDigest,
            let content = blobs.contents(
                configurationDigest, atMost: Registry.ImageConfiguration.mostBytes)
        {
            let labels = profiles.labels(
                of: put.repositoryName, tags: put.imageTag.map { [$0] } ?? [], digest: digest)
            do throws(AppProfile.LabelFailure) {
                configuration = .success(try .init(json: content, labels: labels))
            } catch {
                configuration = .failure(error)
            }
        }
        guard blobs.isDurable else { return }
        let upload = try blobs.begin()
        do {
            try upload.append(Array(put.imageManifest.utf8))
            try upload.sync()
        } catch {
            blobs.drop(upload)
            throw error
        }
        bytes = upload
    }
}
