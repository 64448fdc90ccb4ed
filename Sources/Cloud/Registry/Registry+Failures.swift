import CloudAPI

/// What ECR refuses. Codes and texts: ecr.md section 3, "Error catalogue", unless another source is
/// named.
extension APIFailure {
    static func repositoryNotFound(_ name: String, in account: String) -> APIFailure {
        APIFailure(
            code: "RepositoryNotFoundException",
            message: "The repository with name '\(name)' does not exist in the registry with id "
                + "'\(account)'")
    }

    static func repositoryAlreadyExists(_ name: String, in account: String) -> APIFailure {
        APIFailure(
            code: "RepositoryAlreadyExistsException",
            message: "The repository with name '\(name)' already exists in the registry with id "
                + "'\(account)'")
    }

    static func repositoryNotEmpty(_ name: String, in account: String) -> APIFailure {
        APIFailure(
            code: "RepositoryNotEmptyException",
            message:
                "The repository with name '\(name)' in registry with id '\(account)' cannot be "
                + "deleted because it still contains images")
    }

    static func imageNotFound(
        _ id: ECR.ImageIdentifier, in repository: Registry.Repository
    ) -> APIFailure {
        APIFailure(
            code: "ImageNotFoundException",
            message: "The image with imageId {imageDigest:'\(id.imageDigest ?? "null")', imageTag:'"
                + "\(id.imageTag ?? "null")'} does not exist within the repository with name '"
                + "\(repository.name)' in the registry with id '\(repository.place.account)'")
    }

    /// Without a tag the text says `null`: assumed, after the text of ImageNotFoundException.
    static func imageAlreadyExists(
        _ digest: String, tag: String?, in repository: Registry.Repository
    ) -> APIFailure {
        APIFailure(
            code: "ImageAlreadyExistsException",
            message:
                "Image with digest '\(digest)' and tag '\(tag ?? "null")' already exists in the "
                + "repository with name '\(repository.name)' in registry with id '"
                + "\(repository.place.account)'")
    }

    static func imageTagAlreadyExists(_ tag: String, in repository: String) -> APIFailure {
        APIFailure(
            code: "ImageTagAlreadyExistsException",
            message: "The image tag '\(tag)' already exists in the '\(repository)' repository and "
                + "cannot be overwritten because the repository is immutable.")
    }

    /// Text: the model's sentence about the exception.
    static let imageDigestDoesNotMatch = APIFailure(
        code: "ImageDigestDoesNotMatchException",
        message: "The specified image digest does not match the digest that Amazon ECR calculated "
            + "for the image.")

    static func layersNotFound(
        _ digests: [String], in repository: Registry.Repository
    ) -> APIFailure {
        APIFailure(
            code: "LayersNotFoundException",
            message: "Layers with digests '[\(digests.joined(separator: ", "))]' required for "
                + "pushing image into repository with name '\(repository.name)' in the registry "
                + "with id '\(repository.place.account)' do not exist")
    }

    static func referencedImagesNotFound(
        _ digests: [String], in repository: Registry.Repository
    ) -> APIFailure {
        APIFailure(
            code: "ReferencedImagesNotFoundException",
            message: "Images with digests '[\(digests.joined(separator: ", "))]' required for "
                + "pushing image into repository with name '\(repository.name)' in the registry "
                + "with id '\(repository.place.account)' do not exist")
    }

    static func repositoryPolicyNotFound(_ name: String, in account: String) -> APIFailure {
        APIFailure(
            code: "RepositoryPolicyNotFoundException",
            message: "Repository policy does not exist for the repository with name '\(name)' in "
                + "the registry with id '\(account)'")
    }

    static func registryPolicyNotFound(in account: String) -> APIFailure {
        APIFailure(
            code: "RegistryPolicyNotFoundException",
            message: "Registry policy does not exist in the registry with id '\(account)'")
    }

    static func lifecyclePolicyNotFound(_ name: String, in account: String) -> APIFailure {
        APIFailure(
            code: "LifecyclePolicyNotFoundException",
            message:
                "Lifecycle policy does not exist for the repository with name '\(name)' in the "
                + "registry with id '\(account)'")
    }

    /// Source: ecr.md section 3; the endings about policies of resources: IAM User Guide,
    /// "Troubleshoot access denied error messages".
    static func registryAccessDenied(
        _ caller: Caller, _ action: String, on repository: Registry.Repository, isExplicit: Bool
    ) -> APIFailure {
        let place = repository.place
        let reason =
            isExplicit
            ? "with an explicit deny in a resource-based policy"
            : "because no resource-based policy allows the ecr:\(action) action"
        return APIFailure(
            code: "AccessDeniedException",
            message: "User: \(caller.arn) is not authorized to perform: ecr:\(action) on resource: "
                + "arn:aws:ecr:\(place.region):\(place.account):repository/\(repository.name) "
                + reason)
    }

    /// An image whose configuration says something that makes no sense. The text behind the
    /// pattern: ours.
    public static func manifestRefused(_ sentence: String) -> APIFailure {
        .registryParameter("ImageManifest", sentence)
    }

    /// The pattern of every complaint about a parameter: section 3.1.
    static func registryParameter(_ field: String, _ constraint: String) -> APIFailure {
        APIFailure(
            code: "InvalidParameterException",
            message: "Invalid parameter at '\(field)' failed to satisfy constraint: '\(constraint)'"
        )
    }

    /// Source: ecr.md section 7.2.
    static let manifestMediaTypeMissing = APIFailure(
        code: "InvalidParameterException",
        message: "image manifest mediatype not provided in manifest or parameter")

    /// Text: the model's sentence about the exception.
    static let tooManyRepositoryTags = APIFailure(
        code: "TooManyTagsException",
        message: "The list of tags on the repository is over the limit. The maximum number of tags "
            + "that can be applied to a repository is 50.")

    /// Text: the model's sentence about the exception.
    static let invalidRepositoryTag = APIFailure(
        code: "InvalidTagParameterException",
        message: "An invalid parameter has been specified. Tag keys can have a maximum character "
            + "length of 128 characters, and tag values can have a maximum length of 256 "
            + "characters.")
}

// MARK: - Layers, scans, and the registry as a whole

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
