import CloudAPI
import Simulation

extension Registry {
    /// What came of looking for an image.
    enum Selection {
        case found(ImageID)
        case failed(ECR.ImageFailureCode, reason: String)
    }

    /// Finds an image by digest, by tag or by both.
    ///
    /// Source of codes and texts: ecr.md section 8.5. The texts about a bad tag and about a tag
    /// that belongs to another digest: assumed.
    func select(_ id: ECR.ImageIdentifier, in repository: RepositoryID) -> Selection {
        if let digest = id.imageDigest, !Self.isDigest(digest) {
            return .failed(
                .invalidImageDigest,
                reason: "Invalid request parameters: image digest should satisfy the regex "
                    + "'\(Self.digestPattern)'")
        }
        if let tag = id.imageTag, tag.isEmpty || tag.utf8.count > 300 {
            return .failed(
                .invalidImageTag,
                reason: "Invalid request parameters: image tag should have 1 to 300 characters")
        }
        let byTag = id.imageTag.map { repositories[repository].imageByTag[$0] }
        let byDigest = id.imageDigest.map { repositories[repository].imageByDigest[$0] }
        switch (byTag, byDigest) {
        case (nil, nil):
            return .failed(
                .missingDigestAndTag,
                reason: "Invalid request parameters: both tag and digest cannot be null")
        case (let found??, nil), (nil, let found??): return .found(found)
        case (let tagged??, let found??) where tagged == found: return .found(found)
        case (.some(.some), .some(.some)):
            return .failed(
                .imageTagDoesNotMatchDigest,
                reason: "Requested image tag does not match the image digest")
        default: return .failed(.imageNotFound, reason: "Requested image not found")
        }
    }

    /// The one image that a call is about.
    func image(
        _ id: ECR.ImageIdentifier, in repository: RepositoryID
    ) throws(APIFailure) -> ImageID {
        switch select(id, in: repository) {
        case .found(let found): return found
        case .failed(let code, let reason):
            throw id.refusal(code, reason, in: repositories[repository])
        }
    }
}

extension ECR.ImageIdentifier {
    /// The refusal of a call that wants every image it names, for a failure of one of them.
    func refusal(
        _ code: ECR.ImageFailureCode, _ reason: String, in repository: Registry.Repository
    ) -> APIFailure {
        switch code {
        case .imageNotFound, .imageTagDoesNotMatchDigest: .imageNotFound(self, in: repository)
        default: APIFailure(code: "InvalidParameterException", message: reason)
        }
    }
}
