import CloudAPI

/// What is refused before an operation is reached.
extension APIFailure {
    /// Something AWS has and Drydock does not, in Drydock's own words.
    static func notSupported(_ sentence: String, in format: WireFormat = .json11) -> APIFailure {
        // EC2 has the code without "Exception"; so will its neighbours. Source: EC2 API Reference,
        // "Error codes". In JSON the code is assumed.
        let isXML = format == .query || format == .ec2
        return APIFailure(
            code: isXML ? "UnsupportedOperation" : "UnsupportedOperationException",
            message: sentence, status: 501)
    }

    /// AWS sends this code without a text.
    static func unknownOperation(_ sentence: String) -> APIFailure {
        APIFailure(code: "UnknownOperationException", message: sentence)
    }

    /// AWS's code; the text is ours, because AWS's does not say where.
    static func serialization(_ sentence: String) -> APIFailure {
        APIFailure(code: "SerializationException", message: sentence)
    }

    /// Source of the code: Smithy specification, "AWS JSON 1.1 protocol". Text: assumed.
    static func unsupportedMediaType(_ type: String, expected: String) -> APIFailure {
        APIFailure(
            code: "UnsupportedMediaTypeException",
            message: "The content type is \(type); expected \(expected).", status: 415)
    }

    /// Code and text: assumed; the status is HTTP's.
    public static func tooLarge(_ limit: Int) -> APIFailure {
        APIFailure(
            code: "RequestEntityTooLarge", message: "The request is larger than \(limit) bytes.",
            status: 413)
    }

    /// Source: AWS API references, "Common errors".
    static let missingAction = APIFailure(
        code: "MissingAction", message: "The request is missing an action or a required parameter.")

    /// Observed: aws-cli issue 37.
    static func invalidAction(_ action: String, version: String) -> APIFailure {
        APIFailure(
            code: "InvalidAction",
            message: "Could not find operation \(action) for version \(version)")
    }

    /// Source: vpc.md section 1.
    static func invalidAction(inEC2 action: String) -> APIFailure {
        APIFailure(
            code: "InvalidAction",
            message: "The action \(action) is not valid for this web service.")
    }

    /// Source of `MalformedQueryString`: AWS API references, "Common errors". `MalformedInput` is
    /// what query services say of members in a place they must not be; its texts here are ours.
    static func badForm(_ failure: QueryForm.Failure, _ limits: WireLimits) -> APIFailure {
        switch failure {
        case .syntax:
            APIFailure(
                code: "MalformedQueryString", message: "The query string contains a syntax error.")
        case .tooLarge: tooLarge(limits.formBytes)
        case .tooManyParameters:
            APIFailure(
                code: "MalformedInput",
                message: "The request has more than \(limits.parameters) parameters.")
        case .tooDeep:
            APIFailure(
                code: "MalformedInput",
                message: "A parameter has a name of more than \(limits.depth) parts.")
        case .conflict(let name):
            APIFailure(
                code: "MalformedInput",
                message: "The parameter \(name) stands where another parameter has a value.")
        }
    }
}
