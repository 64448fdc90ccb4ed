import CloudAPI

/// What ECS refuses, word for word. Source: ecs.md; the section stands with each.
extension APIFailure {
    static func clientException(_ message: String) -> APIFailure {
        APIFailure(code: "ClientException", message: message)
    }

    static func invalidParameter(_ message: String) -> APIFailure {
        APIFailure(code: "InvalidParameterException", message: message)
    }

    // MARK: clusters (3.6, 3.7)

    static let clusterNotFound = APIFailure(
        code: "ClusterNotFoundException", message: "Cluster not found.")
    static let clusterInactive = APIFailure(
        code: "ClusterNotFoundException", message: "The referenced cluster was inactive.")
    static let clusterContainsServices = APIFailure(
        code: "ClusterContainsServicesException",
        message: "The Cluster cannot be deleted while Services are active.")
    static let clusterContainsTasks = APIFailure(
        code: "ClusterContainsTasksException",
        message: "The Cluster cannot be deleted while Tasks are active.")
    /// The text is assumed; the rule is of the model (2.7).
    static let clusterNameInvalid = invalidParameter(
        "Cluster name should match the pattern [a-zA-Z0-9\\-_]{1,255}.")

    // MARK: task definitions (5)

    static let taskDefinitionNotDescribable = clientException(
        "Unable to describe task definition.")
    static let taskDefinitionNotFound = clientException("TaskDefinition not found.")
    static let taskDefinitionInactive = clientException("TaskDefinition is inactive")
    static let taskDefinitionInactiveToRun = invalidParameter("TaskDefinition is inactive")
    static let revisionMissing = clientException("Revision is missing.")
    static func revisionInvalid(_ text: String) -> APIFailure {
        invalidParameter("Invalid revision number. Number: \(text)")
    }

    // MARK: services (12)

    static let serviceNotFound = APIFailure(
        code: "ServiceNotFoundException", message: "Service not found.")
    static let serviceNotActive = APIFailure(
        code: "ServiceNotActiveException", message: "Service was not ACTIVE.")
    static let serviceNotIdempotent = invalidParameter("Creation of service was not idempotent.")
    static let serviceDraining = invalidParameter(
        "Unable to Start a service that is still Draining.")
    static let serviceScaledAboveZero = invalidParameter(
        "The service cannot be stopped while it is scaled above 0.")
    /// The text is assumed.
    static let serviceNameInvalid = invalidParameter(
        "Service name should match the pattern [a-zA-Z0-9\\-_]{1,255}.")
    /// The text is assumed.
    static let desiredCountInvalid = invalidParameter("desiredCount cannot be negative.")
    /// The text is assumed.
    static let percentInvalid = invalidParameter(
        "minimumHealthyPercent must be between 0 and 100, and maximumPercent at least 100.")
    static let networkConfigurationMissing = invalidParameter(
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    static let networkConfigurationNotAllowed = invalidParameter(
        "Network Configuration is not valid for the given networkMode of this task definition.")
    static let subnetsEmpty = invalidParameter("subnets can not be empty.")
    static func subnetMissing(_ id: String) -> APIFailure {
        invalidParameter(
            "Error retrieving subnet information for [\(id)]: The subnet ID '\(id)' does not exist "
                + "(ErrorCode: InvalidSubnetID.NotFound)")
    }
    static func securityGroupMissing(_ id: String) -> APIFailure {
        invalidParameter(
            "Error retrieving security group information for [\(id)]: The security group '\(id)' "
                + "does not exist (ErrorCode: InvalidGroup.NotFound)")
    }
    /// 16 subnets and 5 groups at most (33); the texts are assumed.
    static let tooManySubnets = invalidParameter("subnets can have at most 16 items.")
    static let tooManySecurityGroups = invalidParameter("securityGroups can have at most 5 items.")
    static let tooManyTargetGroupsOfService = invalidParameter(
        "loadBalancers can have at most 5 items.")
    static func containerMissing(_ name: String) -> APIFailure {
        invalidParameter("The container \(name) does not exist in the task definition.")
    }
    static func containerPortMissing(_ name: String, _ port: Int) -> APIFailure {
        invalidParameter("The container \(name) did not have a container port \(port) defined.")
    }
    static func targetGroupWithoutBalancer(_ arn: String) -> APIFailure {
        invalidParameter(
            "The target group with targetGroupArn \(arn) does not have an associated load balancer."
        )
    }
    /// A target group that is not there, or another account's; elbv2.md section 10.
    static let targetGroupNotUsable = invalidParameter(
        "Unable to assume role and validate the specified targetGroupArn. Please verify that the "
            + "ECS service role being passed has the proper permissions.")
    static func targetTypeIncompatible(_ arn: String, _ type: String) -> APIFailure {
        invalidParameter(
            "The provided target group \(arn) has target type \(type), which is incompatible with "
                + "the awsvpc network mode specified in the task definition.")
    }
    static let bothLaunchTypeAndStrategy = invalidParameter(
        "Specify either Launch Type or Capacity Provider Strategy, but not both.")
    /// The same of CreateService; 12.9.
    static let bothLaunchTypeAndStrategyOfService = invalidParameter(
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one "
            + "and try again.")
    /// The text is assumed (26).
    static let platformUnknown = APIFailure(
        code: "PlatformUnknownException", message: "Platform version not found.")
    static let launchTypeUnsupported = invalidParameter(
        "Task definition does not support launch_type FARGATE.")
    static let launchTypeUnknown = invalidParameter(
        "launch type should be one of [EC2,FARGATE,EXTERNAL]")
    static let noContainerInstances = invalidParameter(
        "No Container Instances were found in your cluster.")
    /// What Drydock does not have, in its own words.
    static func notBuilt(_ what: String) -> APIFailure {
        APIFailure(
            code: "UnsupportedFeatureException", message: "Drydock does not support \(what) yet.")
    }

    // MARK: service deployments (21)

    /// The code is the model's, the text assumed.
    static let serviceDeploymentNotFound = APIFailure(
        code: "ServiceDeploymentNotFoundException", message: "Service deployment not found.")
    /// The code is the model's, the texts are assumed.
    static let serviceDeploymentNotStoppable = APIFailure(
        code: "ConflictException",
        message: "The service deployment is not in a state in which it can be stopped.")
    static let nothingToRollBackTo = APIFailure(
        code: "ConflictException",
        message: "The service has no completed deployment to roll back to.")
    static let stopTypeUnknown = invalidParameter("stopType should be one of [ABORT,ROLLBACK]")
    /// The texts are assumed.
    static let serviceDeploymentsEmpty = invalidParameter(
        "Service deployment ARNs cannot be empty.")
    static let serviceRevisionsEmpty = invalidParameter("Service revision ARNs cannot be empty.")

    // MARK: protection (25.10)

    /// 1 minute to 48 hours is documented, the text assumed.
    static let protectionTimeInvalid = invalidParameter(
        "expiresInMinutes should be between 1 and 2880.")
    static let protectionTimeWithoutProtection = invalidParameter(
        "expiresInMinutes can only be given with protectionEnabled.")

    // MARK: tasks (25)

    static let taskNotFound = invalidParameter("The referenced task was not found.")
    static let containerInstancesEmpty = clientException("Container Instances cannot be empty.")
    static let tasksEmpty = invalidParameter("Tasks cannot be empty.")
    /// The text is assumed.
    static let servicesEmpty = invalidParameter("Services cannot be empty.")
    /// At most 10 services, 100 tasks, 100 clusters at a time (27.2); the texts are assumed.
    static func tooMany(_ what: String, limit: Int) -> APIFailure {
        invalidParameter("\(what) can have at most \(limit) items.")
    }
    /// The text is assumed (27.4).
    static let tokenInvalid = invalidParameter("Invalid token.")
    /// 8192 characters at most (25.1); the text is assumed.
    static let overridesTooLong = invalidParameter(
        "Overrides can have at most 8192 characters.")
    /// The text is assumed.
    static func overrideWithoutContainer(_ name: String) -> APIFailure {
        invalidParameter(
            "Override for container named \(name) is not a container in the TaskDefinition.")
    }
    /// 128 characters of `[A-Za-z0-9-/_]` (8.3); the text is assumed.
    static let startedByInvalid = invalidParameter(
        "startedBy should match the pattern [a-zA-Z0-9\\-/_]{0,128}.")
    /// 64 characters of ASCII 33 to 126 (25.2); the text is assumed.
    static let tokenOfCallInvalid = invalidParameter(
        "clientToken should have at most 64 characters of ASCII 33 to 126.")
    /// The code is the model's, the text assumed (25.2).
    static func tokenUsedOtherwise(_ tasks: [String]) -> APIFailure {
        APIFailure(
            code: "ConflictException",
            message: "The clientToken was used with other parameters for the tasks "
                + tasks.joined(separator: ", ") + ".")
    }
    /// Rule 4.4; the text is assumed.
    static let propagateFromServiceInvalid = invalidParameter(
        "propagateTags SERVICE is not valid for a task without a service.")
    static let countInvalid = invalidParameter("count should be between 1 and 10.")
    static let arnInvalid = invalidParameter("The ARN provided is invalid.")
    static let startedByMustStandAlone = invalidParameter(
        "startedBy must be the only filter, but other filters were given.")
}
