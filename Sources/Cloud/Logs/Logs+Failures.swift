import CloudAPI

/// What CloudWatch Logs refuses. Texts: surroundings.md section 4.2 where it has them, otherwise
/// assumed.
extension APIFailure {
    static let logGroupExists = APIFailure(
        code: "ResourceAlreadyExistsException", message: "The specified log group already exists")

    static let logStreamExists = APIFailure(
        code: "ResourceAlreadyExistsException", message: "The specified log stream already exists")

    static let logGroupNotFound = APIFailure(
        code: "ResourceNotFoundException", message: "The specified log group does not exist.")

    static let logStreamNotFound = APIFailure(
        code: "ResourceNotFoundException", message: "The specified log stream does not exist.")

    static let logQueryNotFound = APIFailure(
        code: "ResourceNotFoundException", message: "The specified query does not exist.")

    static func invalidLogParameter(_ message: String) -> APIFailure {
        APIFailure(code: "InvalidParameterException", message: message)
    }

    /// The form in which AWS's services tell that a value is outside what the model allows.
    static func invalidLogParameter(
        _ value: some CustomStringConvertible, at field: String, _ constraint: String
    ) -> APIFailure {
        .invalidLogParameter(
            "1 validation error detected: Value '\(value)' at '\(field)' failed to satisfy "
                + "constraint: Member must \(constraint)")
    }

    static let logEventsOutOfOrder = APIFailure.invalidLogParameter(
        "Log events in a single PutLogEvents request must be in chronological order.")

    static let invalidFilterPattern = APIFailure.invalidLogParameter("Invalid filter pattern")

    static let tooManyLogTags = APIFailure(
        code: "TooManyTagsException",
        message: "A resource can have no more than 50 tags.")

    static let logGroupIsProtected = APIFailure(
        code: "ValidationException",
        message: "The log group is protected against deletion. Disable deletion protection first.")

    /// Drydock has no query language of its own to answer with.
    static let noLogQueries = APIFailure(
        code: "UnsupportedOperationException",
        message: "Drydock does not run Logs Insights queries. FilterLogEvents finds events by a "
            + "pattern.",
        status: 501)
}
