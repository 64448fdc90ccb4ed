import CloudAPI

/// Where a request goes: to an operation, to the image registry, or nowhere.
///
/// What a request is follows from the request alone, so one port serves every service. AWS has a
/// host for each; the rules that do without are in surroundings.md section 1.
public enum WireDispatch: Sendable {
    /// An operation AWS has, of one of the services there are types for.
    case call(WireCall)
    /// The Docker Registry API under `/v2/`, which is not read here.
    case registry
    /// Nothing that can be carried out.
    case refused(WireRefusal)

    public init(_ request: WireRequest, limits: WireLimits = WireLimits()) {
        do throws(WireRefusal) {
            self = try Self.dispatch(request, limits)
        } catch {
            self = .refused(error)
        }
    }
}

/// A refusal and the language the client will understand it in.
public struct WireRefusal: Error, Sendable {
    public var failure: APIFailure
    public var format: WireFormat
    /// The service, where the request names one there are types for.
    public var service: APIService?

    public init(failure: APIFailure, format: WireFormat, service: APIService?) {
        self.failure = failure
        self.format = format
        self.service = service
    }

    public func response(requestID: String) -> WireResponse {
        Answer(format: format, service: service, requestID: requestID).failure(failure)
    }
}

extension WireDispatch {
    private static func dispatch(
        _ request: WireRequest, _ limits: WireLimits
    ) throws(WireRefusal) -> WireDispatch {
        var credential: Credential?
        if case .complete(let found) = Authorization.find(in: request) {
            credential = found.credential
        }
        if credential == nil, request.path == "/v2" || request.path.hasPrefix("/v2/") {
            return .registry
        }
        if let sentence = smithyCall(request) {
            throw WireRefusal(
                failure: .notSupported(sentence), format: .cbor, service: nil)
        }
        if let target = request.headers["x-amz-target"] {
            return .call(try jsonCall(target, request, credential, limits))
        }
        return .call(try queryCall(request, credential, limits))
    }

    /// A sentence about a request of Smithy's RPC v2; `nil` for any other.
    private static func smithyCall(_ request: WireRequest) -> String? {
        guard request.path.utf8.count > 1 || request.headers["smithy-protocol"] != nil else {
            return nil
        }
        let parts = request.path.split(separator: "/")
        let isPath = parts.count == 4 && parts[0] == "service" && parts[2] == "operation"
        guard isPath || request.headers["smithy-protocol"] == "rpc-v2-cbor" else { return nil }
        let what = isPath ? " (\(parts[1]) \(parts[3]))" : ""
        return "Drydock does not read the protocol Smithy RPC v2 CBOR\(what). It answers the same "
            + "operations in AWS JSON 1.0 and in the query protocol."
    }

    // MARK: JSON

    private static let servicesByTarget = Dictionary(
        uniqueKeysWithValues: APIService.all.filter { !$0.targetPrefix.isEmpty }
            .map { ($0.targetPrefix, $0) })

    private static let jsonMediaTypes = [
        "application/x-amz-json-1.0", "application/x-amz-json-1.1", "application/json",
    ]

    private static func jsonCall(
        _ target: String, _ request: WireRequest, _ credential: Credential?, _ limits: WireLimits
    ) throws(WireRefusal) -> WireCall {
        let dot = target.utf8.lastIndex(of: UInt8(ascii: ".")) ?? target.startIndex
        let operation = String(Substring(target.utf8[dot...].drop { $0 == UInt8(ascii: ".") }))
        guard let service = servicesByTarget[String(target[..<dot])] else {
            throw WireRefusal(
                failure: .unknownOperation("Drydock knows no service with the target \(target)."),
                format: .json11, service: nil)
        }
        let format: WireFormat = service.jsonVersion == "1.0" ? .json10 : .json11
        func refuse(_ failure: APIFailure) -> WireRefusal {
            WireRefusal(failure: failure, format: format, service: service)
        }
        if let type = request.mediaType, !jsonMediaTypes.contains(type) {
            throw refuse(.unsupportedMediaType(type, expected: format.contentType))
        }
        guard ServiceModel.of(service).operationNames.contains(operation) else {
            throw refuse(.unknownOperation("\(service.id) has no operation \(operation)."))
        }
        guard request.body.count <= limits.bodyBytes else {
            throw refuse(.tooLarge(limits.bodyBytes))
        }
        return WireCall(
            service: service, operation: operation, format: format, credential: credential,
            content: .json(request.body), limits: limits)
    }

    // MARK: query

    private static func queryCall(
        _ request: WireRequest, _ credential: Credential?, _ limits: WireLimits
    ) throws(WireRefusal) -> WireCall {
        let type = request.mediaType
        let isForm = type == "application/x-www-form-urlencoded"
        let isBare = type == nil && !request.body.isEmpty && request.path == "/"
        let isLink =
            !request.query.isEmpty
            && (request.query.hasPrefix("Action=") || request.query.contains("&Action="))
        guard isForm || isBare || isLink else { throw noOperation(request, credential) }

        let format: WireFormat = credential?.service == "ec2" ? .ec2 : .query
        var form = QueryForm()
        do throws(QueryForm.Failure) {
            if !request.query.isEmpty { try form.add(Array(request.query.utf8), limits: limits) }
            if isForm || isBare { try form.add(request.body, limits: limits) }
        } catch {
            throw WireRefusal(failure: .badForm(error, limits), format: format, service: nil)
        }
        guard let action = form["Action"], !action.isEmpty else {
            throw WireRefusal(failure: .missingAction, format: format, service: nil)
        }
        let service = try queryService(form["Version"], action, credential, format)
        let answer: WireFormat = service.wireProtocol == .ec2Query ? .ec2 : .query
        guard ServiceModel.of(service).operationNames.contains(action) else {
            let failure: APIFailure =
                answer == .ec2
                ? .invalidAction(inEC2: action)
                : .invalidAction(action, version: service.apiVersion)
            throw WireRefusal(failure: failure, format: answer, service: service)
        }
        return WireCall(
            service: service, operation: action, format: answer, credential: credential,
            content: .form(form), limits: limits)
    }

    private static let servicesByVersion = Dictionary(
        uniqueKeysWithValues: APIService.all.filter { !$0.xmlNamespace.isEmpty }
            .map { ($0.apiVersion, $0) })

    /// The service a query is for. Versions are different for each service that speaks query, but
    /// for Classic Load Balancers the signing name is no help, and without a signature there is
    /// none; so the version decides, and the signing name only explains what is not there.
    private static func queryService(
        _ version: String?, _ action: String, _ credential: Credential?, _ format: WireFormat
    ) throws(WireRefusal) -> APIService {
        func refuse(_ failure: APIFailure, _ service: APIService? = nil) -> WireRefusal {
            WireRefusal(failure: failure, format: format, service: service)
        }
        if let version, let found = servicesByVersion[version] { return found }
        let signed = servicesByVersion.values.first { $0.signingName == credential?.service }
        guard let version else {
            throw refuse(.invalidAction(action, version: "NO_VERSION_SPECIFIED"), signed)
        }
        if version == "2012-06-01" {
            throw refuse(
                .notSupported(
                    "Drydock has the load balancers of version 2015-12-01 (elbv2), not Classic "
                        + "Load "
                        + "Balancers (elb, version 2012-06-01): \(action) is not supported.",
                    in: format))
        }
        if let signed {
            throw refuse(
                .notSupported(
                    "Drydock speaks version \(signed.apiVersion) of \(signed.id), not \(version).",
                    in: format), signed)
        }
        let name = otherQueryServices[version] ?? credential?.service ?? "of version \(version)"
        throw refuse(
            .notSupported(
                "Drydock does not have the service \(name): \(action) is not supported.", in: format
            ))
    }

    /// Query services that scripts around containers call and that are not here.
    private static let otherQueryServices = [
        "2010-05-15": "cloudformation", "2011-01-01": "autoscaling", "2010-03-31": "sns",
        "2012-11-05": "sqs", "2014-10-31": "rds", "2015-02-02": "elasticache",
    ]

    /// A request that names no operation in any way that is read here.
    private static func noOperation(_ request: WireRequest, _ credential: Credential?)
        -> WireRefusal
    {
        guard let credential else {
            return WireRefusal(
                failure: APIFailure(
                    code: "UnknownOperationException",
                    message: "\(request.method) \(request.path) names no operation of AWS.",
                    status: 404),
                format: .restJSON, service: nil)
        }
        let speaksXML = ["s3", "route53", "cloudfront"].contains(credential.service)
        let here = APIService.all.first { $0.signingName == credential.service }
        let message =
            here == nil
            ? "Drydock does not have the service \(credential.service)."
            : "\(request.method) \(request.path) names no operation of \(credential.service)."
        return WireRefusal(
            failure: .notSupported(message), format: speaksXML ? .restXML : .restJSON, service: nil)
    }
}
