import CloudAPI

/// How a request is written, and so how its answer has to be.
public enum WireFormat: Sendable, Equatable {
    case json10, json11
    /// The query protocol: a form comes, XML goes.
    case query
    /// EC2's kind of query.
    case ec2
    /// Smithy RPC v2: recognised, and refused in its own language.
    case cbor
    /// Services with a path for each resource: recognised, and refused in their own language.
    case restJSON, restXML

    var isJSON: Bool { self == .json10 || self == .json11 || self == .restJSON }

    var contentType: String {
        switch self {
        case .json10: "application/x-amz-json-1.0"
        case .json11: "application/x-amz-json-1.1"
        case .query: "text/xml"
        case .ec2: "text/xml;charset=UTF-8"
        case .cbor: "application/cbor"
        case .restJSON: "application/json"
        case .restXML: "application/xml"
        }
    }
}
