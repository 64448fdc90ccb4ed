import CloudAPI
import Testing

@testable import Wire

/// What each service says of members that its model does not allow.
@Suite struct ConstraintTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var request: WireRequest
        var code: String
        var message: String

        init(_ sentence: String, _ request: WireRequest, _ code: String, _ message: String) {
            (testDescription, self.request, self.code, self.message) = (
                sentence, request, code, message
            )
        }
    }

    private static func ecr(_ operation: String, _ body: String) -> WireRequest {
        .json("AmazonEC2ContainerRegistry_V20150921.\(operation)", body)
    }

    private static func logs(_ operation: String, _ body: String) -> WireRequest {
        .json("Logs_20140328.\(operation)", body)
    }

    private static func iam(_ body: String) -> WireRequest {
        .form("Version=2010-05-08&Action=\(body)")
    }
    private static func elb(_ body: String) -> WireRequest {
        .form("Version=2015-12-01&Action=\(body)")
    }
    private static func ec2(_ body: String) -> WireRequest {
        .form("Version=2016-11-15&Action=\(body)")
    }

    private static let longName = String(repeating: "a", count: 65)

    static let cases = [
        Case(
            "ECR quotes the expression", ecr("CreateRepository", #"{"repositoryName": "Web"}"#),
            "InvalidParameterException",
            "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy "
                + "regular expression "
                + "'[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''"
        ),
        Case(
            "ECR counts elements",
            ecr(
                "BatchDeleteImage",
                #"{"repositoryName": "web", "imageIds": [{}"#
                    + String(repeating: ",{}", count: 100) + "]}"
            ),
            "InvalidParameterException",
            "Invalid parameter at 'imageIds' failed to satisfy constraint: 'Member must have "
                + "length less than or equal to 100'"),
        Case(
            "ECR lists the values of an enum in an order of its own",
            ecr("PutImageTagMutability", #"{"repositoryName": "web", "imageTagMutability": "NO"}"#),
            "InvalidParameterException",
            "Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'Member must "
                + "satisfy enum value set: [IMMUTABLE, MUTABLE, MUTABLE_WITH_EXCLUSION, "
                + "IMMUTABLE_WITH_EXCLUSION]'"),
        Case(
            "ECR misses what is required", ecr("CreateRepository", "{}"),
            "InvalidParameterException",
            "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'Member must "
                + "not be null'"
        ),
        Case(
            "IAM names the pattern", iam("GetRole&RoleName=a%20b"), "ValidationError",
            "1 validation error detected: Value 'a b' at 'roleName' failed to satisfy "
                + "constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+"),
        Case(
            "IAM lists everything that is wrong", iam("CreateRole&RoleName=\(longName)"),
            "ValidationError",
            "2 validation errors detected: Value '\(longName)' at 'roleName' failed to satisfy "
                + "constraint: Member must have length less than or equal to 64; Value null at "
                + "'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null"
        ),
        Case(
            "IAM counts the elements of lists from one",
            iam(
                "TagRole&RoleName=a&Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key"
                    + "=&Tags.member.2.Value=b"
            ),
            "ValidationError",
            "2 validation errors detected: Value '' at 'tags.2.member.key' failed to satisfy "
                + "constraint: Member must have length greater than or equal to 1; Value '' at "
                + "'tags.2.member.key' failed "
                + "to satisfy constraint: Member must satisfy regular expression pattern: "
                + "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"),
        Case(
            "ELB lists the values of an enum", elb("CreateTargetGroup&Name=a&TargetType=vm"),
            "ValidationError",
            "1 validation error detected: Value 'vm' at 'targetType' failed to satisfy "
                + "constraint: Member must satisfy enum value set: [instance, ip, lambda, alb]"),
        Case(
            "ELB knows the range of a port", elb("CreateTargetGroup&Name=a&Port=70000"),
            "ValidationError",
            "1 validation error detected: Value '70000' at 'port' failed to satisfy constraint: "
                + "Member must have value less than or equal to 65535"),
        Case(
            "EC2 misses a parameter", ec2("AttachInternetGateway&VpcId=vpc-1"), "MissingParameter",
            "The request must contain the parameter internetGatewayId"),
        Case(
            "Logs has the common text under a code of its own",
            logs("CreateLogGroup", #"{"logGroupName": "a b"}"#), "InvalidParameterException",
            "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy "
                + "constraint: Member must satisfy regular expression "
                + "pattern: [\\.\\-_/#A-Za-z0-9]+"
        ),
        Case(
            "a list of texts is judged as a whole",
            logs("DescribeLogGroups", #"{"accountIdentifiers": ["1", "2"]}"#),
            "InvalidParameterException",
            "1 validation error detected: Value '[1, 2]' at 'accountIdentifiers' failed to satisfy "
                + "constraint: Member must satisfy constraint: [Member must have length less "
                + "than or equal to 12, Member must have length greater than or equal to 12, "
                + "Member must satisfy "
                + "regular expression pattern: ^\\d{12}$]"),
        Case(
            "the keys of a map are judged as a whole",
            logs("CreateLogGroup", #"{"logGroupName": "a", "tags": {"!": "b"}}"#),
            "InvalidParameterException",
            "1 validation error detected: Value '{!=b}' at 'tags' failed to satisfy constraint: "
                + "Map keys must satisfy constraint: "
                + "[Member must have length less than or equal to 128, "
                + "Member must have length greater than or equal to 1, Member must satisfy regular "
                + "expression pattern: ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$]"),
        Case(
            "scaling has a code of its own",
            .json("AnyScaleFrontendService.DescribeScalableTargets", #"{"ServiceNamespace": "x"}"#),
            "ValidationException",
            "1 validation error detected: Value 'x' at 'serviceNamespace' failed to satisfy "
                + "constraint: Member must satisfy enum value set: ["
                + APIService.applicationAutoScaling.constraints.values(of: "ServiceNamespace")!
                .joined(separator: ", ") + "]"),
        Case(
            "ECS takes no null for a Boolean",
            .ecs("UpdateTaskProtection", #"{"cluster": "a", "tasks": ["a"]}"#),
            "InvalidParameterException",
            "protectionEnabled cannot be null."),
        Case(
            "a number in quotes is no number", .ecs("ListTasks", #"{"maxResults": "1"}"#),
            "SerializationException",
            "STRING_VALUE can not be converted to an Integer (at maxResults)"),
        Case(
            "a number is no text", .ecs("ListTasks", #"{"cluster": 1}"#), "SerializationException",
            "NUMBER_VALUE can not be converted to a String (at cluster)"),
        Case(
            "an object is no text", .ecs("ListTasks", #"{"cluster": {}}"#),
            "SerializationException",
            "Start of structure or map found where not expected. (at cluster)"),
        Case(
            "a text is no list", .ecs("DescribeTasks", #"{"tasks": "a"}"#),
            "SerializationException",
            "Unexpected field type (at tasks)"),
        Case(
            "half a body", .ecs("ListTasks", #"{"cluster": "a""#), "SerializationException",
            "The body is not JSON: unexpected end at byte 15."),
        Case(
            "a list as a body", .ecs("ListTasks", "[]"), "SerializationException",
            "The body is JSON, but a list instead of an object."),
        Case(
            "a word for a number", elb("CreateTargetGroup&Name=a&Port=http"), "MalformedInput",
            "STRING_VALUE can not be converted to an Integer (at port)"),
        Case(
            "a word for a number of EC2",
            ec2("AuthorizeSecurityGroupIngress&GroupId=sg-1&IpPermissions.1.FromPort=http"),
            "InvalidParameterValue",
            "Value (http) for parameter ipPermissions.1.fromPort is invalid. Expected a whole "
                + "number, found a string."),
    ]

    @Test(arguments: cases) func isRefusedInTheWordsOfTheService(_ c: Case) throws {
        let call = try call(c.request)
        #expect(throws: APIFailure(code: c.code, message: c.message)) {
            try call.operation { _ in true }
        }
    }

    @Test func whatECSRequiresArrivesEmptyForItsHandlersToRefuse() throws {
        let describe = try call(.ecs("DescribeTasks")).operation { _ in true }
        #expect(try #require(describe as? ECS.DescribeTasks).tasks == [])
        let stop = try call(.ecs("StopTask", #"{"task": null}"#)).operation { _ in true }
        #expect(try #require(stop as? ECS.StopTask).task == "")
    }

    @Test(arguments: ECS.operations.map { $0.name })
    func everyOperationOfECSReadsARequestWithNothingInIt(name: String) throws {
        do {
            _ = try call(.ecs(name)).operation { _ in true }
        } catch let failure as APIFailure {
            #expect(failure.message.hasSuffix(" cannot be null."))
        }
    }

    @Test func valuesThatAreInNoEnumReachTheHandlersOfECSAndEC2() throws {
        let run = try call(.ecs("RunTask", #"{"taskDefinition": "a", "launchType": "MOON"}"#))
            .operation { _ in true }
        #expect(try #require(run as? ECS.RunTask).launchType == "MOON")
        let vpc = try call(Self.ec2("CreateVpc&InstanceTenancy=moon")).operation { _ in true }
        #expect(try #require(vpc as? EC2.CreateVpc).instanceTenancy == "moon")
    }

    @Test func membersNobodyKnowsArePassedOver() throws {
        #expect(throws: Never.self) {
            _ = try call(.ecs("ListTasks", #"{"colour": {"a": []}}"#)).operation { _ in true }
            _ = try call(Self.iam("GetRole&RoleName=a&Colour.member.1=red")).operation { _ in true }
        }
    }
}
