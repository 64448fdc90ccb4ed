import CloudAPI
import Testing

@testable import Wire

@Suite struct SignatureTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var method = "GET"
        var path = "/"
        var query = ""
        var headers: WireHeaders = [:]
        var body = ""
        var signed = "host;x-amz-date"
        var signature: String

        func request() -> WireRequest {
            var headers: WireHeaders = [
                "Host": "example.amazonaws.com", "X-Amz-Date": "20150830T123600Z",
                "Authorization":
                    "AWS4-HMAC-SHA256 "
                    + "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                    + "SignedHeaders=\(signed), Signature=\(signature)",
            ]
            headers.fields += self.headers.fields
            return WireRequest(
                method: method, path: path, query: query, headers: headers, body: Array(body.utf8))
        }
    }

    /// Source: AWS, "Signature Version 4 test suite".
    static let published = [
        Case(
            testDescription: "get-vanilla",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Case(
            testDescription: "get-unreserved",
            path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
        Case(
            testDescription: "get-slashes", path: "//example//",
            signature: "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
        Case(
            testDescription: "get-relative", path: "/example/..",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Case(
            testDescription: "get-vanilla-query-order-key-case",
            query: "Param2=value2&Param1=value1",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Case(
            testDescription: "get-vanilla-query-order-value", query: "Param1=value2&Param1=value1",
            signature: "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"),
        Case(
            testDescription: "get-vanilla-utf8-query", query: "\u{1234}=bar",
            signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
        Case(
            testDescription: "get-header-value-order",
            headers: [
                "My-Header1": "value4", "My-Header1": "value1", "My-Header1": "value3",
                "My-Header1": "value2",
            ],
            signed: "host;my-header1;x-amz-date",
            signature: "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"),
        Case(
            testDescription: "get-header-value-trim",
            headers: ["My-Header1": " value1", "My-Header2": " \"a   b   c\""],
            signed: "host;my-header1;my-header2;x-amz-date",
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        Case(
            testDescription: "post-x-www-form-urlencoded", method: "POST",
            headers: ["Content-Type": "application/x-www-form-urlencoded"], body: "Param1=value1",
            signed: "content-type;host;x-amz-date",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
    ]

    static let now = Timestamp(iso8601: "2015-08-30T12:36:00Z")!

    private func verify(_ request: WireRequest, at now: Timestamp = now) throws -> Credential {
        try request.verifySignature(at: now) { $0 == "AKIDEXAMPLE" ? exampleSecret : nil }
    }

    @Test(arguments: published) func thePublishedExamplesHold(_ c: Case) throws {
        let credential = try verify(c.request())
        #expect(credential.region == "us-east-1" && credential.service == "service")
    }

    @Test func whatWasChangedOnTheWayNoLongerHolds() throws {
        let original = Self.published[9].request()
        var changed: [WireRequest] = []
        var request = original
        request.body[0] ^= 1
        changed.append(request)
        request = original
        request.method = "PUT"
        changed.append(request)
        request = original
        request.query = "a=b"
        changed.append(request)
        request = original
        request.headers.fields[0].value = "example.com"
        changed.append(request)
        request = original
        request.headers.append("X-Amz-Target", "ecs.DeleteCluster")
        changed.append(request)
        for request in changed {
            #expect(throws: SignatureProblem.mismatch) { try verify(request) }
        }
    }

    @Test func aSignatureHoldsForFiveMinutes() throws {
        let request = Self.published[0].request()
        func at(_ seconds: Int64) -> Timestamp {
            Timestamp(milliseconds: Self.now.milliseconds + seconds * 1000)
        }
        #expect(throws: Never.self) { try verify(request, at: at(300)) }
        #expect(throws: Never.self) { try verify(request, at: at(-300)) }
        #expect(
            throws: SignatureProblem.outOfTime(
                "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z "
                    + "(20150830T124101Z - 5 min.)")
        ) { try verify(request, at: at(301)) }
        #expect(
            throws: SignatureProblem.outOfTime(
                "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z "
                    + "(20150830T123059Z + 5 min.)")
        ) { try verify(request, at: at(-301)) }
    }

    @Test func whatIsMissingIsNamed() {
        #expect(throws: SignatureProblem.missing) { try verify(WireRequest()) }
        var request = Self.published[0].request()
        request.headers.fields[2].value = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830"
        #expect(throws: SignatureProblem.incomplete) { try verify(request) }
        #expect(throws: SignatureProblem.unknownAccessKey("AKIDEXAMPLE")) {
            try Self.published[0].request().verifySignature(at: Self.now) { _ in nil }
        }
    }

    static let presignedSignature =
        "b8a60026b8fb293184b5bdc008c9ea49cd27b73d135864209c23cb05014051a4"

    /// Signed by botocore for the moment of the examples.
    static let presigned = WireRequest(
        method: "GET",
        query: "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fsts%2Faws4_request"
            + "&X-Amz-Date=20150830T123600Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=\(presignedSignature)",
        headers: ["Host": "sts.us-east-1.amazonaws.com"])

    @Test func aPresignedLinkHoldsAsLongAsItSays() throws {
        let later = Timestamp(milliseconds: Self.now.milliseconds + 900_000)
        #expect(throws: Never.self) { try verify(Self.presigned, at: later) }
        let tooLate = Timestamp(milliseconds: later.milliseconds + 1)
        #expect(throws: SignatureProblem.outOfTime("Signature expired")) {
            try verify(Self.presigned, at: tooLate)
        }
        var changed = Self.presigned
        changed.query = changed.query.replacing("Expires=900", with: "Expires=901")
        #expect(throws: SignatureProblem.mismatch) { try verify(changed) }
    }

    @Test(arguments: [
        (WireRequest.ecs("ListTasks"), 400, #""__type":"MissingAuthenticationTokenException""#),
        (
            .form("Action=GetRole&Version=2010-05-08"), 403,
            "<Code>MissingAuthenticationToken</Code>"
        ),
        (.form("Action=DescribeVpcs&Version=2016-11-15"), 401, "<Code>AuthFailure</Code>"),
        (.form("Version=2010-05-08"), 403, "<Code>MissingAuthenticationToken</Code>"),
    ]) func everyServiceRefusesInItsOwnWordsWhoDidNotSign(
        request: WireRequest, status: Int, part: String
    ) throws {
        let refusal = #expect(throws: WireRefusal.self) {
            try WireDispatch(request).verify(request, at: Self.now) { _ in nil }
        }
        let response = try #require(refusal).response(requestID: "id")
        #expect(response.status == status && response.text.contains(part))
    }

    @Test func aSignatureForOneServiceIsNoneForAnother() throws {
        var request = Self.presigned
        let now = Self.now
        #expect(throws: Never.self) {
            try WireDispatch(request).verify(request, at: now) { _ in exampleSecret }
        }
        // Signed for STS as well, by botocore.
        request.query = request.query
            .replacing("GetCallerIdentity&Version=2011-06-15", with: "ListRoles&Version=2010-05-08")
            .replacing(
                Self.presignedSignature,
                with: "fde291308c8aef0f4564d0f4d418757624174433e3072f06385e8df30f5f3de2")
        let refusal = #expect(throws: WireRefusal.self) {
            try WireDispatch(request).verify(request, at: now) { _ in exampleSecret }
        }
        #expect(
            refusal?.failure.message == "Credential should be scoped to correct service: 'iam'.")
    }

    @Test func theRegistryHasItsOwnWayToLogIn() {
        let request = WireRequest(method: "GET", path: "/v2/")
        #expect(throws: Never.self) {
            try WireDispatch(request).verify(request, at: Self.now) { _ in nil }
        }
    }
}
