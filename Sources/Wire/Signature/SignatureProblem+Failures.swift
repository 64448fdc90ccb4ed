import CloudAPI

extension WireDispatch {
    /// Makes sure that the request was signed by someone whose secret is known, for the service it
    /// goes to.
    ///
    /// The registry is left alone: its clients log in with a token of ECR's.
    ///
    /// - Throws: The refusal in the language and the words of the service.
    public func verify(
        _ request: WireRequest, at now: Timestamp, secret: (_ accessKey: String) -> String?
    ) throws(WireRefusal) {
        if case .registry = self { return }
        do throws(SignatureProblem) {
            let credential = try request.verifySignature(at: now, secret: secret)
            if case .call(let call) = self, credential.service != call.service.signingName {
                throw .otherService(expected: call.service.signingName)
            }
        } catch {
            throw refusal(of: error)
        }
    }

    private func refusal(of problem: SignatureProblem) -> WireRefusal {
        switch self {
        case .call(let call):
            WireRefusal(
                failure: problem.failure(in: call.format), format: call.format,
                service: call.service)
        case .refused(let refusal):
            WireRefusal(
                failure: problem.failure(in: refusal.format), format: refusal.format,
                service: refusal.service)
        case .registry: preconditionFailure("the registry's requests have no signature")
        }
    }
}

// Sources: AWS API references, "Common errors"; the texts are as observed on the services;
// EC2: vpc.md section 1.
extension SignatureProblem {
    fileprivate func failure(in format: WireFormat) -> APIFailure {
        if format == .ec2 {
            if case .outOfTime = self {
                return APIFailure(code: "RequestExpired", message: "Request has expired.")
            }
            return APIFailure(
                code: "AuthFailure",
                message: "AWS was not able to validate the provided access credentials", status: 401
            )
        }
        let isJSON = format.isJSON || format == .cbor
        let status = isJSON ? 400 : 403
        switch self {
        case .missing:
            return APIFailure(
                code: isJSON ? "MissingAuthenticationTokenException" : "MissingAuthenticationToken",
                message: isJSON
                    ? "Missing Authentication Token" : "Request is missing Authentication Token",
                status: status)
        case .incomplete:
            return APIFailure(
                code: isJSON ? "IncompleteSignatureException" : "IncompleteSignature",
                message:
                    "The signature needs Credential, SignedHeaders, Signature and the date of the "
                    + "request.", status: status)
        case .unknownAccessKey:
            return APIFailure(
                code: isJSON ? "UnrecognizedClientException" : "InvalidClientTokenId",
                message: "The security token included in the request is invalid.", status: status)
        case .mismatch:
            return APIFailure(
                code: isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch",
                message:
                    "The request signature we calculated does not match the signature you "
                    + "provided. "
                    + "Check your AWS Secret Access Key and signing method. Consult the service "
                    + "documentation for details.", status: status)
        case .otherService(let expected):
            return APIFailure(
                code: isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch",
                message: "Credential should be scoped to correct service: '\(expected)'.",
                status: status)
        case .outOfTime(let text):
            return APIFailure(
                code: isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch",
                message: text, status: status)
        }
    }
}
