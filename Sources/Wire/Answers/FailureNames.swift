import CloudAPI

/// What a refusal is called. For every service but one, clients match on one name.
///
/// CloudWatch has changed its protocol and kept the old codes for its clients' sake: the body has
/// the name of the exception, a header the code of old, and `Error.Code` is the latter.
/// Source: surroundings.md section 1; the pairs are the model's.
struct FailureNames {
    var code: String
    var shape: String
    /// The shape as it stands in JSON.
    var qualified: String

    /// - Parameter name: Either of the two.
    init(_ name: String, of service: APIService?) {
        guard service == .cloudWatch else {
            (code, shape, qualified) = (name, name, name)
            return
        }
        let pair = Self.pairs.first { $0.shape == name || $0.code == name }
        code = pair?.code ?? name
        shape = pair?.shape ?? name
        qualified = "com.amazonaws.cloudwatch#\(shape)"
    }

    private static let pairs: [(shape: String, code: String)] = [
        ("DashboardInvalidInputError", "InvalidParameterInput"),
        ("InternalServiceFault", "InternalServiceError"),
        ("InvalidFormatFault", "InvalidFormat"),
        ("InvalidParameterCombinationException", "InvalidParameterCombination"),
        ("InvalidParameterValueException", "InvalidParameterValue"),
        ("LimitExceededFault", "LimitExceeded"),
        ("MissingRequiredParameterException", "MissingParameter"),
        // Not in the model; assumed.
        ("ValidationException", "ValidationError"),
    ]
}
