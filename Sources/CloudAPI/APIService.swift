/// One AWS service as its callers see it: what it is called on the wire and what it speaks there.
///
/// The values (`.ecs`, `.elbv2`, ...) are generated from the service models, and so are
/// ``APIService/all`` and the tables below it.
public struct APIService: Sendable {
    /// How requests are written and answers read.
    public enum WireProtocol: String, Sendable {
        case awsJson10, awsJson11, awsQuery, ec2Query
    }

    /// What botocore and the AWS CLI call the service: `"ecs"`, `"application-autoscaling"`.
    public let id: String
    /// The first label of its host name: `"api.ecr"` for ECR, `"monitoring"` for CloudWatch.
    public let endpointPrefix: String
    /// The service name in a Signature Version 4 credential scope.
    public let signingName: String
    /// The `Version` of a query request: `"2015-12-01"`.
    public let apiVersion: String
    public let wireProtocol: WireProtocol
    /// `"1.0"` or `"1.1"`; empty where the service speaks no JSON.
    public let jsonVersion: String
    /// What stands before the dot in `X-Amz-Target`; empty where the service speaks no JSON.
    public let targetPrefix: String
    /// The namespace of XML answers; empty where the service speaks no XML.
    public let xmlNamespace: String
}

extension APIService: Hashable {
    public static func == (one: APIService, other: APIService) -> Bool { one.id == other.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
