import CloudAPI
import Testing

@testable import Wire

@Suite struct AnswerTests {
    private func response(_ request: WireRequest, _ output: some Shape) throws -> WireResponse {
        try call(request).response(output, requestID: "id")
    }

    @Test func anAnswerInJSONIsTheOutput() throws {
        let response = try response(
            .ecs("StopTask"), ECS.StopTask.Output(task: ECS.Task(cpu: "256")))
        #expect(response.text == #"{"task":{"cpu":"256"}}"#)
        #expect(response.status == 200)
        #expect(response.headers["content-type"] == "application/x-amz-json-1.1")
        #expect(response.headers["x-amzn-requestid"] == "id")
    }

    @Test func anAnswerToAQueryHasAResultAndMetadata() throws {
        let response = try response(
            .form("Action=GetCallerIdentity&Version=2011-06-15"),
            STS.GetCallerIdentity.Output(userId: "a&b", account: "000000000000"))
        #expect(
            response.text
                == #"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">"#
                + "<GetCallerIdentityResult><UserId>a&amp;b</UserId><Account>000000000000</Account>"
                + "</GetCallerIdentityResult><ResponseMetadata><RequestId>id</RequestId></Respo"
                + "nseMetadata>"
                + "</GetCallerIdentityResponse>")
        #expect(response.headers["content-type"] == "text/xml")
    }

    @Test func anAnswerOfEC2BeginsWithTheRequestID() throws {
        let response = try response(
            .form("Action=DescribeVpcs&Version=2016-11-15"),
            EC2.DescribeVpcs.Output(vpcs: [EC2.Vpc(tags: [], vpcId: "vpc-1")]))
        #expect(
            response.text
                == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + #"<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">"#
                + "<requestId>id</requestId><vpcSet><item><tagSet></tagSet><vpcId>vpc-1</vpcId>"
                + "</item></vpcSet>"
                + "</DescribeVpcsResponse>")
    }

    @Test func whatHasNothingToSaySaysItAsItsServiceDoes() throws {
        let tag = try response(.ecs("TagResource"), ECS.TagResource.Output())
        #expect(tag.text == "{}")
        let group = try response(
            .json("Logs_20140328.CreateLogGroup"), CloudWatchLogs.CreateLogGroup.Output())
        #expect(group.body.isEmpty)
        let vpc = try response(.form("Action=DeleteVpc&Version=2016-11-15"), EC2.DeleteVpc.Output())
        #expect(
            vpc.text.contains("<requestId>id</requestId><return>true</return></DeleteVpcResponse>"))
        let role = try response(
            .form("Action=DeleteRole&Version=2010-05-08"), IAM.DeleteRole.Output())
        #expect(!role.text.contains("Result"))
        let update = try response(
            .form("Action=UpdateRole&Version=2010-05-08"), IAM.UpdateRole.Output())
        #expect(update.text.contains("<UpdateRoleResult></UpdateRoleResult>"))
        let tags = try response(.form("Action=AddTags&Version=2015-12-01"), ELBv2.AddTags.Output())
        #expect(tags.text.contains("<AddTagsResult></AddTagsResult>"))
    }

    static let failure = APIFailure(
        code: "NotFound", message: "\"a\" <b>", status: 404, members: [.init("Resource", "c&d")])

    @Test func aRefusalInJSONSaysItsTypeAndItsMembers() throws {
        let response = try call(.ecs("StopTask")).response(Self.failure, requestID: "id")
        #expect(response.status == 404)
        #expect(response.text == #"{"__type":"NotFound","message":"\"a\" <b>","Resource":"c&d"}"#)
        #expect(response.headers["x-amzn-errortype"] == "NotFound")
        #expect(response.headers["x-amzn-query-error"] == nil)
    }

    @Test func aRefusalOfAQuerySaysWhoseFaultItIs() throws {
        let call = try call(.form("Action=GetRole&Version=2010-05-08"))
        #expect(
            call.response(Self.failure, requestID: "id").text
                == #"<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error>"#
                + "<Type>Sender</Type><Code>NotFound</Code><Message>&quot;a&quot; "
                + "&lt;b&gt;</Message>"
                + "<Resource>c&amp;d</Resource></Error><RequestId>id</RequestId></ErrorResponse>")
        let fault = APIFailure(code: "ServiceFailure", message: "", status: 500)
        #expect(call.response(fault, requestID: "id").text.contains("<Type>Receiver</Type>"))
    }

    @Test func CloudWatchKeepsItsOldCodesInAHeader() throws {
        let request = WireRequest.json("GraniteServiceVersion20100801.ListMetrics")
        for name in ["InvalidParameterValue", "InvalidParameterValueException"] {
            let response = try call(request)
                .response(APIFailure(code: name, message: "m"), requestID: "id")
            #expect(response.headers["x-amzn-query-error"] == "InvalidParameterValue;Sender")
            #expect(
                response.text
                    == #"{"__type":"com.amazonaws.cloudwatch#InvalidParameterValueException",""#
                    + #"message":"m"}"#
            )
        }
        let query = try call(.form("Action=ListMetrics&Version=2010-08-01"))
        let failure = APIFailure(code: "InvalidParameterValueException", message: "m")
        #expect(
            query.response(failure, requestID: "id").text.contains(
                "<Code>InvalidParameterValue</Code>"))
    }
}
