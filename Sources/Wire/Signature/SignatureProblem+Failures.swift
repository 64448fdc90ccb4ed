import CloudAPI

extension WireRefusal {
    /// What a service says to a request whose signature does not hold.
    ///
    /// Sources: AWS API references, "Common errors"; the texts are as observed on the services;
    /// EC2: vpc.md section 1.
    public init(_ problem: SignatureProblem, format: WireFormat, service: APIService? = nil) {
        self.init(failure: problem.failure(in: format), format: format, service: service)
    }
}

extension WireDispatch {
    /// The refusal of this request because of its signature, in the language it is written in.
    public func refusal(of problem: SignatureProblem) -> WireRefusal {
        switch self {
        case .call(let call): WireRefusal(problem, format: call.format, service: call.service)
        case .refused(let refusal):
            WireRefusal(problem, format: refusal.format, service: refusal.service)
        case .registry: WireRefusal(problem, format: .restJSON)
        }
    }
}

extension SignatureProblem {
    fileprivate func failure(in format: WireFormat) -> APIFailure {
        if format == .ec2 {
            if case .outOfTime = self {
                return APIFailure(code: "RequestExpired", message: "Request has expired.")
            }
            return APIFailure(
                code: "AuthFailure",
                message: "AWS was not able to validate the provided access credentials", status: 401)
        }
        let isJSON = format.isJSON || format == .cbor
        let status = isJSON ? 400 : 403
        switch self {
        case .missing:
            return APIFailure(
                code: isJSON ? "MissingAuthenticationTokenException" : "MissingAuthenticationToken",
                message: isJSON ? "Missing Authentication Token" : "Request is missing Authentication Token",
                status: status)
        case .incomplete:
            return APIFailure(
                code: isJSON ? "IncompleteSignatureException" : "IncompleteSignature",
                message: "The signature needs Credential, SignedHeaders, Signature and the date of the "
                    + "request.", status: status)
        case .unknownAccessKey:
            return APIFailure(
                code: isJSON ? "UnrecognizedClientException" : "InvalidClientTokenId",
                message: "The security token included in the request is invalid.", status: status)
        case .mismatch:
            return APIFailure(
                code: isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch",
                message: "The request signature we calculated does not match the signature you provided. "
                    + "Check your AWS Secret Access Key and signing method. Consult the service "
                    + "documentation for details.", status: status)
        case .outOfTime(let text):
            return APIFailure(
                code: isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch",
                message: text, status: status)
        }
    }
}
