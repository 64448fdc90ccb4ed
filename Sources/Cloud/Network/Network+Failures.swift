import CloudAPI

// Codes and texts: vpc.md, the sections named; "assumed" where the sheet has no text.
extension APIFailure {
    // MARK: what all of EC2 share (section 1)

    static func ec2Missing(_ name: String) -> APIFailure {
        APIFailure(
            code: "MissingParameter", message: "The request must contain the parameter \(name)")
    }

    static func ec2Invalid(_ message: String) -> APIFailure {
        APIFailure(code: "InvalidParameterValue", message: message)
    }

    static func ec2InvalidValue(_ value: String, of parameter: String, _ why: String) -> APIFailure
    {
        .ec2Invalid("Value (\(value)) for parameter \(parameter) is invalid. \(why)")
    }

    static func ec2Combination(_ message: String) -> APIFailure {
        APIFailure(code: "InvalidParameterCombination", message: message)
    }

    static let dryRun = APIFailure(
        code: "DryRunOperation",
        message: "Request would have succeeded, but DryRun flag is set.", status: 412)

    static func ec2NotFound(_ code: String, _ message: String) -> APIFailure {
        APIFailure(code: code, message: message)
    }

    /// Text: assumed. Section 2.
    static func ec2Malformed(_ code: String, _ text: String, _ prefix: String) -> APIFailure {
        APIFailure(code: code, message: "Invalid id: \"\(text)\" (expecting \"\(prefix)-...\")")
    }

    /// Text: assumed.
    static func associationNotFound(_ text: String) -> APIFailure {
        .ec2NotFound("InvalidAssociationID.NotFound", "The association ID '\(text)' does not exist")
    }

    static func dependencyViolation(_ message: String) -> APIFailure {
        APIFailure(code: "DependencyViolation", message: message)
    }

    /// "The subnet 'subnet-x' has dependencies and cannot be deleted." Sections 4 and 6.
    static func hasDependencies(_ kind: String, _ id: String) -> APIFailure {
        .dependencyViolation("The \(kind) '\(id)' has dependencies and cannot be deleted.")
    }

    static func alreadyAssociated(_ message: String) -> APIFailure {
        APIFailure(code: "Resource.AlreadyAssociated", message: message)
    }

    /// A `clientToken` that came before with other parameters. The text is assumed.
    static let tokenOfOtherRequest = APIFailure(
        code: "IdempotentParameterMismatch",
        message: "The client token was used before with other parameters.")

    /// A value or option AWS has and Drydock does not. Ours, not AWS's.
    static func notSupportedByDrydock(_ what: String) -> APIFailure {
        APIFailure(
            code: "UnsupportedOperation", message: "Drydock does not support \(what) yet.",
            status: 501)
    }

    static func invalidFilter(_ name: String) -> APIFailure {
        .ec2Invalid("The filter '\(name)' is invalid")
    }

    /// Documented code, text assumed.
    static let ec2NextToken = APIFailure(
        code: "InvalidNextToken", message: "The specified NextToken is not valid.")

    /// Text: assumed.
    static func tooFewResults(_ value: Int, least: Int) -> APIFailure {
        .ec2Invalid(
            "Value ( \(value) ) for parameter maxResults is invalid. Expecting a value greater "
                + "than or equal to \(least).")
    }

    /// Text: assumed.
    static func tooManyResults(_ value: Int, most: Int) -> APIFailure {
        .ec2Invalid(
            "Value ( \(value) ) for parameter maxResults is invalid. Expecting a value less than "
                + "or equal to \(most).")
    }

    static func isNoBlock(_ text: String, _ parameter: String) -> APIFailure {
        .ec2InvalidValue(text, of: parameter, "This is not a valid CIDR block.")
    }

    /// The code is the thing's own, the text of most of them is one. Section 4, Quotas.
    static func ec2LimitExceeded(_ code: String, _ things: String) -> APIFailure {
        APIFailure(code: code, message: "The maximum number of \(things) has been reached.")
    }

    // MARK: tags (section 1)

    static let emptyTagSpecification = APIFailure.ec2Invalid(
        "Tag specification must have at least one tag")
    static func notTaggable(_ type: String) -> APIFailure {
        .ec2Invalid("'\(type)' is not a valid taggable resource type for this operation.")
    }
    static let reservedResourceTag = APIFailure.ec2Invalid(
        "Tag keys starting with 'aws:' are reserved for internal use")
    static let tooManyResourceTags = APIFailure(
        code: "TagLimitExceeded",
        message: "The maximum number of Tags for a resource has been reached.")
    static func invalidResourceID(_ text: String) -> APIFailure {
        APIFailure(code: "InvalidID", message: "The ID '\(text)' is not valid")
    }

    // MARK: VPCs and subnets (sections 3 and 4)

    static func vpcRange(_ block: String) -> APIFailure {
        APIFailure(code: "InvalidVpc.Range", message: "The CIDR '\(block)' is invalid.")
    }
    static func subnetRange(_ block: String) -> APIFailure {
        APIFailure(code: "InvalidSubnet.Range", message: "The CIDR '\(block)' is invalid.")
    }
    static func subnetConflict(_ block: String) -> APIFailure {
        APIFailure(
            code: "InvalidSubnet.Conflict",
            message: "The CIDR '\(block)' conflicts with another subnet")
    }
    static let defaultVpcExists = APIFailure(
        code: "DefaultVpcAlreadyExists",
        message: "A Default VPC already exists for this account in this region.")
    static let noDefaultVpc = APIFailure(
        code: "DefaultVpcDoesNotExist",
        message: "No default VPC exists for this account in this region.")
    static func defaultSubnetExists(_ id: String, _ zone: String) -> APIFailure {
        APIFailure(
            code: "DefaultSubnetAlreadyExistsInAvailabilityZone",
            message: "'\(id)' is already the default subnet in \(zone).")
    }
    static let noAttributeGiven = APIFailure.ec2Combination("No attributes specified.")
    /// Text: assumed.
    static let severalAttributes = APIFailure.ec2Combination(
        "Fields for multiple attribute types specified")

    // MARK: gateways and routes (section 4)

    static func notAttached(_ gateway: String, _ vpc: String) -> APIFailure {
        APIFailure(
            code: "Gateway.NotAttached",
            message: "resource \(gateway) is not attached to network \(vpc)")
    }
    static func mappedAddresses(_ vpc: String) -> APIFailure {
        .dependencyViolation(
            "Network \(vpc) has some mapped public address(es). Please unmap those public "
                + "address(es) before detaching the gateway.")
    }
    static func routeExists(_ destination: String) -> APIFailure {
        APIFailure(
            code: "RouteAlreadyExists",
            message: "The route identified by \(destination) already exists.")
    }
    static func routeNotFound(_ destination: String, _ table: String) -> APIFailure {
        .ec2NotFound(
            "InvalidRoute.NotFound",
            "no route with destination-cidr-block \(destination) in route table \(table)")
    }
    static func natGatewayLimit(_ limit: Int) -> APIFailure {
        APIFailure(
            code: "NatGatewayLimitExceeded",
            message: "Performing this operation would exceed the limit of \(limit) NAT gateways")
    }
    /// Of an address or interface that belongs to AWS's own services.
    static let notYours = APIFailure(
        code: "AuthFailure", message: "You do not have permission to access the specified resource."
    )
    static func addressInUse(_ text: String) -> APIFailure {
        APIFailure(code: "InvalidIPAddress.InUse", message: text)
    }

    // MARK: security groups (section 6)

    static func securityGroupExists(_ name: String, _ vpc: String) -> APIFailure {
        APIFailure(
            code: "InvalidGroup.Duplicate",
            message: "The security group '\(name)' already exists for VPC '\(vpc)'")
    }
    static let vpcNotSpecified = APIFailure(
        code: "VPCIdNotSpecified", message: "No default VPC for this user")
    static func securityGroupNotFound(_ name: String, inDefaultVpc vpc: String) -> APIFailure {
        .ec2NotFound(
            "InvalidGroup.NotFound",
            "The security group '\(name)' does not exist in default VPC '\(vpc)'")
    }
    static let groupOfOtherNetwork = APIFailure(
        code: "InvalidGroup.NotFound",
        message: "You have specified two resources that belong to different networks.")
    static func permissionExists(_ rule: String) -> APIFailure {
        APIFailure(
            code: "InvalidPermission.Duplicate",
            message: "the specified rule \"\(rule)\" already exists")
    }
    static let permissionNotFound = APIFailure(
        code: "InvalidPermission.NotFound",
        message: "The specified rule does not exist in this security group.")
    static let portsMissing = APIFailure.ec2Invalid(
        "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.")
    static let protocolMissing = APIFailure.ec2Invalid(
        "Invalid value 'null' for protocol. VPC security group rules must specify protocols "
            + "explicitly.")
    /// Text: assumed.
    static let peerMissing = APIFailure(
        code: "MissingParameter",
        message: "Missing source specification: include source security group or CIDR information")
    /// Text: assumed.
    static func groupText(_ what: String) -> APIFailure {
        .ec2Invalid(
            "Invalid \(what). Valid descriptions are strings less than 256 characters from the "
                + "following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*")
    }
    static func malformedBlock(_ block: String) -> APIFailure {
        .ec2Invalid("CIDR block \(block) is malformed")
    }
    static let tooManyGroupRules = APIFailure.ec2LimitExceeded(
        "RulesPerSecurityGroupLimitExceeded", "rules per security group")
    static func securityGroupInUse(_ id: String) -> APIFailure {
        .dependencyViolation("resource \(id) has a dependent object")
    }
    static func defaultGroupStays(_ id: String) -> APIFailure {
        APIFailure(
            code: "CannotDelete",
            message: "the specified group: \"\(id)\" name: \"default\" cannot be deleted by a user")
    }

    // MARK: interfaces (sections 4 and 7)

    static let noFreeAddress = APIFailure(
        code: "InsufficientFreeAddressesInSubnet",
        message: "The specified subnet does not have enough free addresses to satisfy the request.")
    static let managedAttachment = APIFailure(
        code: "OperationNotPermitted",
        message: "You are not allowed to manage 'ela-attach' attachments.")

    /// Documented code, text assumed.
    static func prefixListNotFound(_ id: String) -> APIFailure {
        .ec2NotFound("InvalidPrefixListID.NotFound", "The prefix list ID '\(id)' does not exist")
    }

    // MARK: network ACLs (section 5)

    static func entryExists(_ number: Int) -> APIFailure {
        APIFailure(
            code: "NetworkAclEntryAlreadyExists",
            message: "The network acl entry identified by \(number) already exists.")
    }
    static func entryNotFound(_ number: Int) -> APIFailure {
        .ec2NotFound(
            "InvalidNetworkAclEntry.NotFound",
            "The network acl entry identified by \(number) does not exist.")
    }
}
