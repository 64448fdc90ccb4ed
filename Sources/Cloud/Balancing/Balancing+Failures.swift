import CloudAPI

/// The refusals of Elastic Load Balancing. Texts are those of elbv2.md section 9, as observed on
/// AWS, unless "assumed" stands beside them; the codes are the model's.
extension APIFailure {
    static func balancing(_ code: String, _ message: String) -> APIFailure {
        APIFailure(code: code, message: message)
    }

    static func balancingInvalid(_ message: String) -> APIFailure {
        APIFailure(code: "ValidationError", message: message)
    }

    static func invalidConfiguration(_ message: String) -> APIFailure {
        APIFailure(code: "InvalidConfigurationRequest", message: message)
    }

    /// What the front of a query service says of a value that the model does not allow.
    static func outsideModel(_ value: String, at member: String, _ constraint: String) -> APIFailure
    {
        balancingInvalid(
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy "
                + "constraint: Member must \(constraint)")
    }

    static func outsideEnum(_ value: String, at member: String, of type: String) -> APIFailure {
        let values = Constraints(for: .elbv2).values(of: type) ?? []
        return outsideModel(
            value, at: member, "satisfy enum value set: [\(values.joined(separator: ", "))]")
    }

    /// Something AWS has and Drydock does not.
    static func balancingNotSupported(_ what: String) -> APIFailure {
        APIFailure(
            code: "UnsupportedOperationException",
            message: "Drydock does not support \(what) yet.", status: 501)
    }

    // MARK: load balancers

    static func loadBalancerNotFound(_ arn: String) -> APIFailure {
        balancing("LoadBalancerNotFound", "Load balancer '\(arn)' not found")
    }
    static func loadBalancersNotFound(names: [String]) -> APIFailure {
        balancing(
            "LoadBalancerNotFound", "Load balancers '[\(names.joined(separator: ", "))]' not found")
    }
    static let loadBalancersNotFound = balancing(
        "LoadBalancerNotFound", "One or more load balancers not found")
    static func duplicateLoadBalancer(_ name: String) -> APIFailure {
        balancing(
            "DuplicateLoadBalancerName",
            "A load balancer with the same name '\(name)' exists, but with different settings")
    }
    static let tooFewZones = balancingInvalid(
        "At least two subnets in two different Availability Zones must be specified")
    static let twoSubnetsInOneZone = invalidConfiguration(
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone")
    /// The text is assumed; elbv2.md section 9.
    static func subnetNotFound(_ id: String) -> APIFailure {
        balancing("SubnetNotFound", "The subnet ID '\(id)' does not exist")
    }
    static func subnetIsFull(_ id: String) -> APIFailure {
        balancing(
            "InvalidSubnet",
            "Not enough IP space available in \(id). ELB requires at least 8 free IP addresses in "
                + "each subnet.")
    }
    static func vpcHasNoInternetGateway(_ id: String) -> APIFailure {
        balancing("InvalidSubnet", "VPC \(id) has no internet gateway")
    }
    /// Assumed.
    static let subnetsOfSeveralVpcs = invalidConfiguration(
        "All subnets must belong to the same VPC")
    static let invalidSecurityGroups = balancing(
        "InvalidSecurityGroup", "One or more security groups are invalid")
    static func loadBalancerIsProtected(_ arn: String) -> APIFailure {
        balancing(
            "OperationNotPermitted",
            "Load balancer '\(arn)' cannot be deleted because deletion protection is enabled")
    }
    /// Assumed: the text is that of the exception in the model.
    static let tooManyLoadBalancers = balancing(
        "TooManyLoadBalancers", "The maximum number of load balancers has been reached")

    // MARK: target groups

    static func targetGroupNotFound(_ arn: String) -> APIFailure {
        balancing("TargetGroupNotFound", "Target group '\(arn)' not found")
    }
    static let targetGroupsNotFound = balancing(
        "TargetGroupNotFound", "One or more target groups not found")
    static func duplicateTargetGroup(_ name: String) -> APIFailure {
        balancing(
            "DuplicateTargetGroupName",
            "A target group with the same name '\(name)' exists, but with different settings")
    }
    static func targetGroupsOfAnother(_ arns: [String]) -> APIFailure {
        balancing(
            "TargetGroupAssociationLimit",
            "The following target groups cannot be associated with more than one load balancer: "
                + arns.joined(separator: ", "))
    }
    static func targetGroupInUse(_ arn: String) -> APIFailure {
        balancing(
            "ResourceInUse", "Target group '\(arn)' is currently in use by a listener or a rule")
    }
    /// Assumed.
    static let tooManyTargetGroups = balancing(
        "TooManyTargetGroups", "The maximum number of target groups has been reached")
    /// Assumed.
    static let tooManyTargets = balancing(
        "TooManyTargets", "The maximum number of targets in the target group has been reached")

    // MARK: listeners and rules

    /// The text is assumed; elbv2.md section 9.
    static func listenerNotFound(_ arn: String) -> APIFailure {
        balancing("ListenerNotFound", "Listener '\(arn)' not found")
    }
    static let listenersNotFound = balancing("ListenerNotFound", "One or more listeners not found")
    static func duplicateListener(_ arn: String) -> APIFailure {
        balancing(
            "DuplicateListener",
            "A listener already exists on this port for this load balancer '\(arn)'")
    }
    static let rulesNotFound = balancing("RuleNotFound", "One or more rules not found")
    static func priorityInUse(_ priority: Int) -> APIFailure {
        balancing("PriorityInUse", "Priority '\(priority)' is currently in use")
    }
    /// The text is assumed; elbv2.md section 9.
    static func defaultRuleStays(_ arn: String) -> APIFailure {
        balancing("OperationNotPermitted", "Default rule '\(arn)' cannot be deleted")
    }
    /// Assumed.
    static func defaultRuleIsModifiedElsewhere(_ arn: String) -> APIFailure {
        balancing("OperationNotPermitted", "Default rule '\(arn)' cannot be modified")
    }
    /// Assumed.
    static let tooManyListeners = balancing(
        "TooManyListeners", "The maximum number of listeners has been reached")
    /// Assumed.
    static let tooManyRules = balancing(
        "TooManyRules", "The maximum number of rules has been reached")
    static func invalidAction(_ message: String) -> APIFailure {
        balancing("InvalidLoadBalancerAction", message)
    }
    static func certificateNotFound(_ arn: String) -> APIFailure {
        balancing("CertificateNotFound", "Certificate '\(arn)' not found")
    }
    static let sslPolicyNotFound = balancing(
        "SSLPolicyNotFound", "The specified SSL policy does not exist.")

    // MARK: tags

    /// Assumed: both texts are those of the exceptions in the model.
    static let tooManyTags = balancing(
        "TooManyTags", "You've reached the limit on the number of tags for this resource.")
    static let duplicateTagKeys = balancing(
        "DuplicateTagKeys", "A tag key was specified more than once.")

    // MARK: reserved capacity; codes: the model

    static let capacityReservationUnclear = balancingInvalid(
        "Specify either a minimum load balancer capacity or that the reservation is to be reset")
    static func capacityReservationTooSmall(_ least: Int) -> APIFailure {
        invalidConfiguration("The minimum load balancer capacity must be at least \(least) units")
    }
    static let capacityReservationPending = balancing(
        "CapacityReservationPending", "There is a pending capacity reservation.")
    static let capacityUnitsLimitExceeded = balancing(
        "CapacityUnitsLimitExceeded", "You've exceeded the capacity units limit.")
    static let capacityDecreaseLimitExceeded = balancing(
        "CapacityDecreaseRequestLimitExceeded",
        "You've exceeded the daily capacity decrease limit for this reservation.")
    static let balancingResourceNotFound = balancing(
        "ResourceNotFound", "The specified resource does not exist.")
}
