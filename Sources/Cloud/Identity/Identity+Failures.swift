import CloudAPI

/// What IAM and STS refuse. Codes and HTTP status: surroundings.md sections 2 and 3. Texts: the
/// same section; those that it does not have are assumed.
extension APIFailure {
    static func noSuchEntity(_ message: String) -> APIFailure {
        APIFailure(code: "NoSuchEntity", message: message, status: 404)
    }

    static func roleNotFound(_ name: String) -> APIFailure {
        .noSuchEntity("The role with name \(name) cannot be found.")
    }

    static func rolePolicyNotFound(_ name: String) -> APIFailure {
        .noSuchEntity("The role policy with name \(name) cannot be found.")
    }

    static func userNotFound(_ name: String) -> APIFailure {
        .noSuchEntity("The user with name \(name) cannot be found.")
    }

    static func instanceProfileNotFound(_ name: String) -> APIFailure {
        .noSuchEntity("Instance Profile \(name) cannot be found.")
    }

    static func policyNotFound(_ arn: String) -> APIFailure {
        .noSuchEntity("Policy \(arn) was not found.")
    }

    static func policyNotAttachable(_ arn: String) -> APIFailure {
        .noSuchEntity("Policy \(arn) does not exist or is not attachable.")
    }

    static func policyVersionNotFound(_ arn: String, _ version: String) -> APIFailure {
        .noSuchEntity("Policy \(arn) version \(version) does not exist or is not attachable.")
    }

    static func entityAlreadyExists(_ message: String) -> APIFailure {
        APIFailure(code: "EntityAlreadyExists", message: message, status: 409)
    }

    static func malformedPolicy(_ message: String) -> APIFailure {
        APIFailure(code: "MalformedPolicyDocument", message: message)
    }

    static func deleteConflict(_ message: String) -> APIFailure {
        APIFailure(code: "DeleteConflict", message: message, status: 409)
    }

    static func identityLimitExceeded(_ message: String) -> APIFailure {
        APIFailure(code: "LimitExceeded", message: message, status: 409)
    }

    static func invalidIdentityInput(_ message: String) -> APIFailure {
        APIFailure(code: "InvalidInput", message: message)
    }

    static func identityValidation(_ message: String) -> APIFailure {
        APIFailure(code: "ValidationError", message: message)
    }

    /// The form in which AWS's services tell that a value is outside what the model allows.
    static func identityValidation(
        _ value: some CustomStringConvertible, at field: String, _ constraint: String
    ) -> APIFailure {
        .identityValidation(
            "1 validation error detected: Value '\(value)' at '\(field)' failed to satisfy "
                + "constraint: Member must \(constraint)")
    }

    static func roleIsProtected(_ name: String) -> APIFailure {
        APIFailure(
            code: "UnmodifiableEntity",
            message: "Cannot perform the operation on the protected role '\(name)' - this role is "
                + "only modifiable by AWS")
    }

    static let serviceRolePolicyNotAttachable = APIFailure(
        code: "PolicyNotAttachable",
        message: "Cannot attach a Service Role Policy to a Customer Role.")

    static func identityAccessDenied(
        _ caller: Caller, _ action: String, _ resource: String
    ) -> APIFailure {
        APIFailure(
            code: "AccessDenied",
            message: "User: \(caller.arn) is not authorized to perform: \(action) on resource: "
                + resource,
            status: 403)
    }

    static let invalidAuthorizationMessage = APIFailure(
        code: "InvalidAuthorizationMessageException", message: "Message is not valid")
}
