import CloudAPI
import Testing

@testable import Wire

@Suite struct DispatchTests {
    @Test func theTargetOfAJSONRequestNamesServiceAndOperation() throws {
        var request = WireRequest.ecs("StopTask", #"{"task": "a"}"#)
        request.headers.append("authorization", authorization(for: "ecs"))
        request.headers.append("x-amz-date", "20260131T120000Z")
        let call = try call(request)
        #expect(call.service == .ecs && call.operation == "StopTask" && call.format == .json11)
        #expect(call.credential?.region == "eu-west-1" && call.credential?.date == "20260131")
        let operation = try #require(try call.operation { _ in true } as? ECS.StopTask)
        #expect(operation.task == "a" && operation.cluster == nil)
    }

    @Test(
        arguments: [
            ("Action=DescribeVpcs&Version=2016-11-15", "ec2", APIService.ec2, WireFormat.ec2),
            (
                "Action=DescribeLoadBalancers&Version=2015-12-01", "elasticloadbalancing", .elbv2,
                .query
            ),
            ("Action=GetCallerIdentity&Version=2011-06-15", nil, .sts, .query),
            ("Version=2010-05-08&Action=GetRole&RoleName=a", "iam", .iam, .query),
            ("Action=ListMetrics&Version=2010-08-01", "monitoring", .cloudWatch, .query),
        ] as [(String, String?, APIService, WireFormat)])
    func theVersionOfAFormNamesTheService(
        body: String, signedFor: String?, service: APIService, format: WireFormat
    ) throws {
        let call = try call(.form(body, signedFor: signedFor))
        #expect(call.service == service && call.format == format)
        #expect(throws: Never.self) { try call.operation { _ in true } }
    }

    @Test func aPresignedLinkIsACallAndSaysWhoSigned() throws {
        let query =
            "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKID%2F20260131%2Fus-west-2%2Fsts%2Faws4_request"
            + "&X-Amz-Date=20260131T120000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Sig"
            + "nature=00"
        let call = try call(WireRequest(method: "GET", query: query))
        #expect(call.service == .sts && call.operation == "GetCallerIdentity")
        #expect(call.credential?.accessKey == "AKID" && call.credential?.region == "us-west-2")
    }

    @Test(arguments: ["/v2/", "/v2", "/v2/web/manifests/latest"])
    func theRegistryHasItsOwnPaths(path: String) {
        let basic: WireHeaders = ["Authorization": "Basic QVdTOnBhc3N3b3Jk"]
        guard case .registry = WireDispatch(WireRequest(method: "GET", path: path, headers: basic))
        else { Issue.record("\(path) is the registry's"); return }
    }

    @Test func anAWSServiceWithAPathUnderV2IsNotTheRegistry() {
        let request = WireRequest(
            method: "GET", path: "/v2/apis",
            headers: [
                "Authorization": authorization(for: "apigateway"), "X-Amz-Date": "20260131T120000Z",
            ])
        let response = answer(to: request)
        #expect(response.status == 501)
        #expect(response.text.contains("Drydock does not have the service apigateway."))
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var request: WireRequest
        var status = 400
        var parts: [String]
    }

    static let refused = [
        Case(
            testDescription: "Classic Load Balancers, which share host and name",
            request: .form(
                "Action=CreateLoadBalancer&Version=2012-06-01", signedFor: "elasticloadbalancing"),
            status: 501,
            parts: [
                "<Code>UnsupportedOperation</Code>", "not Classic Load Balancers", "<ErrorResponse",
            ]),
        Case(
            testDescription: "another version of EC2",
            request: .form("Action=DescribeVpcs&Version=2014-10-01", signedFor: "ec2"), status: 501,
            parts: [
                "Drydock speaks version 2016-11-15 of ec2, not 2014-10-01.",
                "<Response><Errors><Error>",
            ]),
        Case(
            testDescription: "a query service that is not here",
            request: .form("Action=CreateStack&Version=2010-05-15", signedFor: "cloudformation"),
            status: 501, parts: ["the service cloudformation: CreateStack is not supported."]),
        Case(
            testDescription: "a JSON service that is not here",
            request: .json("secretsmanager.GetSecretValue"),
            parts: [#""__type":"UnknownOperationException""#, "secretsmanager.GetSecretValue"]),
        Case(
            testDescription: "an operation ECS does not have",
            request: .ecs("MakeCoffee"),
            parts: [
                #"{"__type":"UnknownOperationException","message":"ecs has no operation "#
                    + #"MakeCoffee."}"#
            ]),
        Case(
            testDescription: "an action IAM does not have",
            request: .form("Action=MakeCoffee&Version=2010-05-08"),
            parts: [
                "<Code>InvalidAction</Code>",
                "<Message>Could not find operation MakeCoffee for version 2010-05-08</Message>",
                #"<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">"#,
            ]),
        Case(
            testDescription: "an action EC2 does not have",
            request: .form("Action=MakeCoffee&Version=2016-11-15", signedFor: "ec2"),
            parts: [
                "<Response><Errors><Error><Code>InvalidAction</Code><Message>The action "
                    + "MakeCoffee is not "
                    + "valid for this web "
                    + "service.</Message></Error></Errors><RequestID>id</RequestID>"
            ]),
        Case(
            testDescription: "a form without an action", request: .form("Version=2010-05-08"),
            parts: ["<Code>MissingAction</Code>"]),
        Case(
            testDescription: "a form without a version", request: .form("Action=GetRole"),
            parts: ["Could not find operation GetRole for version NO_VERSION_SPECIFIED"]),
        Case(
            testDescription: "a form that is not one",
            request: .form("Action=GetRole&Version=2010-05-08&RoleName=%zz"),
            parts: [
                "<Code>MalformedQueryString</Code>", "The query string contains a syntax error.",
            ]),
        Case(
            testDescription: "a form that is not UTF-8",
            request: .form("Action=GetRole&Version=2010-05-08&RoleName=%ff"),
            parts: ["<Code>MalformedQueryString</Code>"]),
        Case(
            testDescription: "an ECS request that calls itself a form",
            request: WireRequest(
                headers: [
                    "X-Amz-Target": "AmazonEC2ContainerServiceV20141113.ListTasks",
                    "Content-Type": "application/x-www-form-urlencoded",
                ]),
            status: 415, parts: ["UnsupportedMediaTypeException", "application/x-amz-json-1.1"]),
        Case(
            testDescription: "CBOR",
            request: WireRequest(
                path: "/service/GraniteServiceVersion20100801/operation/GetMetricData",
                headers: ["smithy-protocol": "rpc-v2-cbor"]),
            status: 501, parts: ["__type", "GraniteServiceVersion20100801 GetMetricData"]),
        Case(
            testDescription: "S3",
            request: WireRequest(
                method: "GET", path: "/bucket/key",
                headers: [
                    "Authorization": authorization(for: "s3"), "X-Amz-Date": "20260131T120000Z",
                ]),
            status: 501, parts: ["<Message>Drydock does not have the service s3.</Message>"]),
        Case(
            testDescription: "a browser", request: WireRequest(method: "GET"), status: 404,
            parts: ["GET / names no operation of AWS."]),
    ]

    @Test(arguments: refused)
    func whatCannotBeCarriedOutIsRefusedInItsOwnLanguage(_ c: Case) {
        let response = answer(to: c.request)
        #expect(response.status == c.status)
        #expect(response.headers["X-Amzn-Requestid"] == "id")
        for part in c.parts { #expect(response.text.contains(part)) }
    }

    @Test func anOperationThatIsNotHandledIsRefusedBeforeItsMembersAreRead() throws {
        let json = try call(.ecs("CreateDaemon", "not JSON"))
        #expect(
            throws: APIFailure(
                code: "UnsupportedOperationException",
                message: "Drydock does not support ecs CreateDaemon yet.", status: 501)
        ) {
            try json.operation { _ in false }
        }
        let query = try call(.form("Action=RunInstances&Version=2016-11-15", signedFor: "ec2"))
        #expect(
            throws: APIFailure(
                code: "UnsupportedOperation",
                message: "Drydock does not support ec2 RunInstances yet.", status: 501)
        ) {
            try query.operation { _ in true }
        }
    }

    @Test func aRequestThatIsTooLargeIsRefusedUnread() {
        var limits = WireLimits()
        limits.bodyBytes = 10
        limits.formBytes = 40
        #expect(answer(to: .ecs("ListTasks", "{         }"), limits: limits).status == 413)
        let form = WireRequest.form("Action=GetRole&Version=2010-05-08&RoleName=abc")
        #expect(answer(to: form, limits: limits).status == 413)
    }
}
