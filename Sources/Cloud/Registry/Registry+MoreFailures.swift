import CloudAPI

/// What ECR refuses besides repositories, images and policies. Codes and texts: ecr.md section 3,
/// "Error catalogue", unless another source is named.
extension APIFailure {
    // MARK: layers (6); texts: the model's sentences about the exceptions, but where named

    static let uploadNotFound = APIFailure(
        code: "UploadNotFoundException",
        message: "The upload could not be found, or the specified upload ID is not valid for this "
            + "repository.")

    static func invalidLayerPart(
        _ upload: String, lastByte: Int, in repository: Registry.Repository
    ) -> APIFailure {
        APIFailure(
            code: "InvalidLayerPartException",
            message: "The layer part size is not valid, or the first byte specified is not "
                + "consecutive to the last byte of a previous layer part upload.",
            members: [
                .init("registryId", repository.place.account),
                .init("repositoryName", repository.name), .init("uploadId", upload),
                .init("lastValidByteReceived", lastByte),
            ])
    }

    static let layerPartTooSmall = APIFailure(
        code: "LayerPartTooSmallException",
        message: "Layer parts must be at least 5 MiB in size.")

    static let emptyUpload = APIFailure(
        code: "EmptyUploadException",
        message: "The specified layer upload does not contain any layer parts.")

    static let invalidLayer = APIFailure(
        code: "InvalidLayerException",
        message: "The layer digest calculation performed by Amazon ECR upon receipt of the image "
            + "layer does not match the digest specified.")

    /// Source of the text: section 3.
    static func layerAlreadyExists(
        _ digest: String, in repository: Registry.Repository
    ) -> APIFailure {
        APIFailure(
            code: "LayerAlreadyExistsException",
            message: "Layer with digest '\(digest)' already exists in the repository with name '"
                + "\(repository.name)' in registry with id '\(repository.place.account)'")
    }

    static let layerNotFound = APIFailure(
        code: "LayersNotFoundException",
        message: "The specified layers could not be found, or the specified layer is not valid for "
            + "this repository.")

    static let layerInaccessible = APIFailure(
        code: "LayerInaccessibleException",
        message: "The specified layer is not available because it is not associated with an image. "
            + "Unassociated image layers may be cleaned up at any time.")

    // MARK: scans (13)

    static func scanNotFound(
        _ image: Registry.Image, tag: String?, in repository: Registry.Repository
    ) -> APIFailure {
        APIFailure(
            code: "ScanNotFoundException",
            message: "Image scan does not exist for the image with '{imageDigest:'\(image.digest)',"
                + " imageTag:'\(tag ?? "null")'}' in the repository with name '\(repository.name)' "
                + "in the registry with id '\(repository.place.account)'")
    }

    static let scanQuotaExceeded = APIFailure(
        code: "LimitExceededException",
        message: "The scan quota per image has been exceeded. Wait and try again.")

    /// Text: the model's sentence about the exception.
    static let unsupportedImageType = APIFailure(
        code: "UnsupportedImageTypeException",
        message: "The image is of a type that cannot be scanned.")

    /// Text: the model's sentence about the exception.
    static let imageArchived = APIFailure(
        code: "ImageArchivedException",
        message: "The specified image is archived and cannot be scanned.")

    // MARK: previews (11.8); texts: the model's sentences

    static let previewInProgress = APIFailure(
        code: "LifecyclePolicyPreviewInProgressException",
        message: "The previous lifecycle policy preview request has not completed. Wait and try "
            + "again.")
    static let previewNotFound = APIFailure(
        code: "LifecyclePolicyPreviewNotFoundException",
        message: "There is no dry run for this repository.")

    // MARK: registries (14 to 17); texts: the model's sentences, but where named

    static let cacheRuleAlreadyExists = APIFailure(
        code: "PullThroughCacheRuleAlreadyExistsException",
        message: "A pull through cache rule with these settings already exists for the private "
            + "registry.")
    static let cacheRuleNotFound = APIFailure(
        code: "PullThroughCacheRuleNotFoundException",
        message: "The pull through cache rule was not found. Specify a valid pull through cache "
            + "rule and try again.")
    static let unsupportedUpstream = APIFailure(
        code: "UnsupportedUpstreamRegistryException",
        message: "The specified upstream registry isn't supported.")
    static let templateAlreadyExists = APIFailure(
        code: "TemplateAlreadyExistsException",
        message: "The repository creation template already exists. Specify a unique prefix and try "
            + "again.")
    static let templateNotFound = APIFailure(
        code: "TemplateNotFoundException",
        message: "The specified repository creation template can't be found. Verify the registry "
            + "ID and prefix and try again.")
    static let signingConfigurationNotFound = APIFailure(
        code: "SigningConfigurationNotFoundException",
        message: "The specified signing configuration was not found. This occurs when attempting "
            + "to retrieve or delete a signing configuration that does not exist.")
    static let exclusionAlreadyExists = APIFailure(
        code: "ExclusionAlreadyExistsException",
        message: "The specified pull time update exclusion already exists for the registry.")
    static let exclusionNotFound = APIFailure(
        code: "ExclusionNotFoundException",
        message: "The specified pull time update exclusion was not found.")
    static let storageClassNotSupported = APIFailure(
        code: "ImageStorageClassUpdateNotSupportedException",
        message: "The requested image storage class update is not supported.")
    /// Quotas of section 20.
    static let registryLimitExceeded = APIFailure(
        code: "LimitExceededException",
        message: "The operation did not succeed because it would have exceeded a service limit for "
            + "your account. For more information, see Amazon ECR service quotas in the Amazon "
            + "Elastic Container Registry User Guide.")

    /// Something AWS has and Drydock does not.
    static func registryNotSupported(_ what: String) -> APIFailure {
        APIFailure(
            code: "UnsupportedOperationException",
            message: "Drydock does not support \(what) yet.", status: 501)
    }
}
