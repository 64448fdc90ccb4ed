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
