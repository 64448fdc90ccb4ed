import CloudAPI

/// What ECS refuses about capacity providers, container instances, task sets and settings.
/// Texts are assumed unless a section of ecs.md stands with them.
extension APIFailure {
    static let capacityProviderNotFound = invalidParameter(
        "The specified capacity provider was not found. Specify a valid name or ARN and try again.")
    static let capacityProviderUnknown = clientException(
        "The specified capacity provider does not exist. Specify a valid name or ARN and try "
            + "again.")
    static let capacityProviderAlreadyExists = clientException(
        "The specified capacity provider already exists. To change the configuration of an "
            + "existing capacity provider, update the capacity provider.")
    static let capacityProviderNameInvalid = clientException(
        "The specified capacity provider name is invalid. Up to 255 characters are allowed, "
            + "including letters, numbers, underscores and hyphens, and the name cannot begin with "
            + "aws, ecs or fargate. Specify a valid name and try again.")
    static let capacityProviderReserved = clientException(
        "The specified capacity provider is reserved and cannot be deleted or changed.")
    static func capacityProviderOfCluster(_ name: String) -> APIFailure {
        clientException(
            "The capacity provider cannot be deleted because it is associated with cluster: "
                + "\(name). Remove the capacity provider from the cluster and try again.")
    }
    static let capacityProviderWithoutGroup = clientException(
        "The capacity provider must have an Auto Scaling group. Specify autoScalingGroupProvider "
            + "and try again.")
    static let capacityProviderInUse = APIFailure(
        code: "ResourceInUseException",
        message: "The specified capacity provider is in use and cannot be removed.")
    static let tooManyCapacityProviders = invalidParameter(
        "A cluster can have at most 20 capacity providers.")
    /// Section 31.3.
    static let capacityProviderNotAssociated = invalidParameter(
        "The specified capacity provider strategy cannot contain a capacity provider that is not "
            + "associated with the cluster. Associate the capacity provider with the cluster and "
            + "try again.")
    static let strategyOutOfRange = invalidParameter(
        "The weight of a capacity provider must be between 0 and 1000, and its base between 0 and "
            + "100000.")
    static let strategyWithTwoBases = invalidParameter(
        "The specified capacity provider strategy can have a base for one capacity provider only.")
    static let strategyWithoutWeight = invalidParameter(
        "The specified capacity provider strategy must have a capacity provider with a weight "
            + "greater than 0.")
    static let strategyMixed = invalidParameter(
        "The specified capacity provider strategy cannot contain both Fargate and Auto Scaling "
            + "group capacity providers.")

    // MARK: container instances (26)

    static let containerInstanceStatusInvalid = invalidParameter(
        "Container instance status should be one of [ACTIVE, DRAINING]")
    static func containerInstanceNotFound(_ reference: String) -> APIFailure {
        invalidParameter("Referenced container instance \(reference) not found.")
    }
    /// Text: the model's sentence about the exception.
    static let attributeTargetNotFound = APIFailure(
        code: "TargetNotFoundException",
        message: "The specified target wasn't found. You can view your available container "
            + "instances with ListContainerInstances. Amazon ECS container instances are "
            + "cluster-specific and Region-specific.")
    static let attributesEmpty = invalidParameter("Attributes cannot be empty.")
    /// Text: the model's sentence about the exception; 10 at a time: section 27.3.
    static let tooManyAttributes = APIFailure(
        code: "AttributeLimitExceededException",
        message: "You can apply up to 10 custom attributes for each resource. You can view the "
            + "attributes of a resource with ListAttributes. You can remove existing attributes on "
            + "a resource with DeleteAttributes.")

    // MARK: task sets (23, 26)

    /// Section 26.
    static let taskSetMissing = clientException("The specified task set does not exist.")
    static let taskSetsWantExternal = invalidParameter(
        "Task sets can be created only in a service with the EXTERNAL deployment controller.")

    // MARK: the rest

    static let serviceDeploymentNotPaused = invalidParameter(
        "The service deployment is not paused at a lifecycle hook.")

    /// Section 25.11.
    static let executeCommandNotPossible = invalidParameter(
        "The execute command failed because execute command was not enabled when the task was run "
            + "or the execute command agent isn't running. Wait and try again or run a new task "
            + "with execute command enabled and try again.")
    static let executeCommandNotInteractive = invalidParameter(
        "Interactive is the only mode supported currently.")
    /// Text: the model's sentence about the exception.
    static let namespaceNotFound = APIFailure(
        code: "NamespaceNotFoundException", message: "The specified namespace wasn't found.")
    static let settingNameInvalid = invalidParameter("The setting name is invalid.")
    static let settingValueWithoutName = invalidParameter(
        "A setting value can be specified only together with a setting name.")
    static func settingValueInvalid(_ name: String, _ values: [String]) -> APIFailure {
        invalidParameter(
            "The setting value for \(name) must be one of [\(values.joined(separator: ", "))].")
    }
}
