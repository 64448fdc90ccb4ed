import CloudAPI
import HTTPTypes
import HummingbirdCore
import NIOCore
import Reports

/// What the registry refuses, in docker's language. Codes and texts: ecr.md section 5.
struct RegistryRefusal: Error, Sendable {
    var status: Int
    var code: String
    var message: String

    init(_ status: Int, _ code: String, _ message: String) {
        (self.status, self.code, self.message) = (status, code, message)
    }

    /// The same refusal as ECR's own calls make it. Those that are not in section 5.5: assumed.
    init(_ failure: APIFailure) {
        let text = failure.message
        switch failure.code {
        case "RepositoryNotFoundException": self.init(404, "NAME_UNKNOWN", text)
        case "ImageNotFoundException": self = .manifestUnknown
        case "ImageTagAlreadyExistsException": self.init(400, "TAG_INVALID", text)
        case "LayersNotFoundException", "ReferencedImagesNotFoundException":
            self.init(404, "MANIFEST_BLOB_UNKNOWN", text)
        case "UploadNotFoundException": self.init(404, "BLOB_UPLOAD_UNKNOWN", text)
        case "InvalidLayerException", "ImageDigestDoesNotMatchException":
            self.init(400, "DIGEST_INVALID", text)
        case "EmptyUploadException": self.init(400, "BLOB_UPLOAD_INVALID", text)
        case "AccessDeniedException": self.init(403, "DENIED", text)
        case "InvalidParameterException" where text.contains("'repositoryName'"):
            self.init(400, "NAME_INVALID", text)
        case "InvalidParameterException" where text.contains("'imageTag'"):
            self.init(400, "TAG_INVALID", text)
        case "InvalidParameterException": self.init(400, "MANIFEST_INVALID", text)
        case "ServerException": self.init(failure.status, "UNKNOWN", text)
        default: self.init(failure.status, "DENIED", text)
        }
    }

    static let manifestUnknown = RegistryRefusal(
        404, "MANIFEST_UNKNOWN", "Requested image not found")
    /// Source: ecr.md section 5.3.
    static let tokenExpired = RegistryRefusal(
        403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.")
    /// The text: the OCI Distribution Specification's about the code, as in the following ones.
    static let unsupported = RegistryRefusal(
        405, "UNSUPPORTED", "The operation is unsupported.")
    static let blobUnknown = RegistryRefusal(404, "BLOB_UNKNOWN", "blob unknown to registry")
    static let digestInvalid = RegistryRefusal(
        400, "DIGEST_INVALID", "provided digest did not match uploaded content")
    static let noDigest = RegistryRefusal(
        400, "DIGEST_INVALID", "a digest has to be sha256: and 64 hex digits in small letters")
    static let sizeInvalid = RegistryRefusal(
        400, "SIZE_INVALID", "provided length did not match content length")
    static let outOfOrder = RegistryRefusal(
        416, "BLOB_UPLOAD_INVALID", "the chunk does not begin where the one before it has ended")
    static let uploadInUse = RegistryRefusal(
        409, "BLOB_UPLOAD_INVALID", "another request is sending to this upload")
    static let pageInvalid = RegistryRefusal(
        400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested")
    static let manifestTooLarge = RegistryRefusal(
        413, "MANIFEST_INVALID",
        "the manifest has more than \(ReceivedManifest.mostBytes) bytes")
    /// Source: ecr.md section 6.6.
    static let layerTooLarge = RegistryRefusal(
        413, "SIZE_INVALID", "the layer has more than 52000 MiB")

    /// What the machine refuses.
    init(_ failure: any Error) {
        if let failure = failure as? RegistryRefusal {
            self = failure
        } else if let failure = failure as? APIFailure {
            self.init(failure)
        } else if let failure = failure as? Disk.Failure {
            self.init(failure.isFull ? 507 : 500, "UNKNOWN", failure.description)
        } else {
            self.init(500, "UNKNOWN", "\(failure)")
        }
    }

    func response(_ target: RequestTarget) -> Response {
        let envelope = JSON.object([
            "errors": .array([
                .object(["code": .string(code), "message": .string(message)])
            ])
        ])
        return .registry(
            status, [.contentType: "application/json; charset=utf-8"], envelope.line() + "\n")
    }
}

extension Response {
    /// What every answer of the registry has.
    static func registry(
        _ status: Int, _ headers: HTTPFields = [:], _ body: String = ""
    ) -> Response {
        var headers = headers
        headers[.apiVersion] = "registry/2.0"
        var response = Response(
            status: .init(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        if status == 204 { response.headers[.contentLength] = nil }
        return response
    }

    /// The challenge. Source: ecr.md section 5.2; the address is the one that was asked.
    static func notAuthorized(_ target: RequestTarget) -> Response {
        .registry(
            401,
            [
                .wwwAuthenticate:
                    "Basic realm=\"\(target.origin)/\",service=\"ecr.amazonaws.com\"",
                .contentType: "text/plain; charset=utf-8",
            ], "Not Authorized\n")
    }
}

extension HTTPField.Name {
    static let apiVersion = Self("Docker-Distribution-Api-Version")!
    static let contentDigest = Self("Docker-Content-Digest")!
    static let uploadID = Self("Docker-Upload-Uuid")!
    static let link = Self("Link")!
    static let filtersApplied = Self("OCI-Filters-Applied")!
    static let subject = Self("OCI-Subject")!
}
