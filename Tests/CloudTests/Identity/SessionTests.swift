import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct SessionTests {
    let live = LiveCloud()
    let arn = "arn:aws:iam::000000000000:role/deploy"

    init() throws {
        try live.iam.createRole(
            roleName: "deploy",
            assumeRolePolicyDocument: trust("AWS", "arn:aws:iam::000000000000:root"))
    }

    @Test func theCallerIsToldWhoItIs() throws {
        let root = try live.sts.getCallerIdentity()
        #expect(root.arn == "arn:aws:iam::000000000000:root")
        #expect(root.account == "000000000000")
        #expect(root.userId == "000000000000")
        live.caller.arn = "arn:aws:iam::000000000000:user/team/me"
        let user = try live.sts.getCallerIdentity()
        #expect(user.userId?.hasPrefix("AIDA") == true)
        #expect(user.userId?.count == 21)
        let got = try live.iam.getUser().user
        #expect(got?.userName == "me")
        #expect(got?.path == "/team/")
        #expect(got?.userId == user.userId)
        #expect(try live.iam.getUser(userName: "me").user?.arn == live.caller.arn)
        try expectRefusal(
            "NoSuchEntity", "The user with name you cannot be found.", of: live
        ) { try live.iam.getUser(userName: "you") }
        #expect(try live.iam.listAccountAliases().accountAliases == [])
    }

    @Test func anAssumedRoleHasAKeyThatIsRemembered() throws {
        live.run(for: .seconds(10))
        let assumed = try live.sts.assumeRole(
            roleArn: arn, roleSessionName: "ci", durationSeconds: 900)
        let session = "arn:aws:sts::000000000000:assumed-role/deploy/ci"
        #expect(assumed.assumedRoleUser?.arn == session)
        let credentials = try #require(assumed.credentials)
        #expect(credentials.accessKeyId?.hasPrefix("ASIA") == true)
        #expect(credentials.accessKeyId?.count == 20)
        #expect(credentials.secretAccessKey?.count == 40)
        #expect(credentials.sessionToken?.count == 356)
        #expect(credentials.expiration == Timestamp(seconds: 1_767_225_600 + 910))
        let key = try #require(live.cloud.identity.accessKey(credentials.accessKeyId ?? ""))
        #expect(key.arn == session)
        #expect(key.account == "000000000000")
        #expect(key.secret == credentials.secretAccessKey)
        #expect(
            try live.sts.getAccessKeyInfo(accessKeyId: credentials.accessKeyId ?? "").account
                == "000000000000")

        live.caller.arn = key.arn
        let identity = try live.sts.getCallerIdentity()
        #expect(identity.userId == assumed.assumedRoleUser?.assumedRoleId)
        try expectRefusal("AccessDenied", of: live) { try live.sts.getSessionToken() }
        let second = try live.sts.assumeRole(roleArn: arn, roleSessionName: "ci").credentials
        #expect(second?.accessKeyId != credentials.accessKeyId)
    }

    static let trusted: [(principal: String, caller: String, may: Bool)] = [
        ("arn:aws:iam::000000000000:root", "arn:aws:iam::000000000000:user/me", true),
        ("000000000000", "arn:aws:iam::000000000000:user/me", true),
        ("*", "arn:aws:iam::000000000000:user/me", true),
        ("arn:aws:iam::000000000000:user/me", "arn:aws:iam::000000000000:user/me", true),
        ("arn:aws:iam::000000000000:user/me", "arn:aws:iam::000000000000:root", true),
        ("arn:aws:iam::000000000000:user/you", "arn:aws:iam::000000000000:user/me", false),
        ("arn:aws:iam::111122223333:root", "arn:aws:iam::000000000000:root", false),
        (
            "arn:aws:iam::000000000000:role/x/ci", "arn:aws:sts::000000000000:assumed-role/ci/1",
            true
        ),
        ("arn:aws:iam::000000000000:role/cd", "arn:aws:sts::000000000000:assumed-role/ci/1", false),
    ]

    @Test(arguments: trusted)
    func onlyWhomItTrustsMayAssumeARole(_ c: (principal: String, caller: String, may: Bool)) throws
    {
        try live.iam.updateAssumeRolePolicy(
            roleName: "deploy", policyDocument: trust("AWS", c.principal))
        live.caller.arn = c.caller
        if c.may {
            try live.sts.assumeRole(roleArn: arn, roleSessionName: "ci")
        } else {
            try expectRefusal(
                "AccessDenied",
                "User: \(c.caller) is not authorized to perform: sts:AssumeRole on resource: "
                    + "\(arn)",
                of: live
            ) { try live.sts.assumeRole(roleArn: arn, roleSessionName: "ci") }
        }
    }

    @Test func aRoleForTasksIsNotForPeople() throws {
        try live.iam.createRole(roleName: "task", assumeRolePolicyDocument: trust())
        for role in [arn.replacing("deploy", with: "task"), arn + "ment"] {
            try expectRefusal(
                "AccessDenied",
                "User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole "
                    + "on resource: \(role)",
                of: live
            ) { try live.sts.assumeRole(roleArn: role, roleSessionName: "ci") }
        }
    }

    static let bad: [(STS.AssumeRole, code: String, message: String)] = [
        (
            .init(roleArn: "deploy", roleSessionName: "ci"), "ValidationError",
            "1 validation error detected: Value 'deploy' at 'roleArn' failed to satisfy "
                + "constraint: "
                + "Member must have length greater than or equal to 20"
        ),
        (
            .init(roleArn: "000000000000:role/deploy", roleSessionName: "ci"), "ValidationError",
            "000000000000:role/deploy is invalid"
        ),
        (
            .init(roleArn: "arn:aws:iam::000000000000:role/deploy", roleSessionName: "a b"),
            "ValidationError",
            "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy "
                + "constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"
        ),
        (
            .init(
                roleArn: "arn:aws:iam::000000000000:role/deploy", roleSessionName: "ci",
                durationSeconds: 899),
            "ValidationError",
            "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy "
                + "constraint: Member must have value greater than or equal to 900"
        ),
        (
            .init(
                roleArn: "arn:aws:iam::000000000000:role/deploy", roleSessionName: "ci",
                durationSeconds: 7200),
            "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        ),
        (
            .init(
                roleArn: "arn:aws:iam::000000000000:role/deploy", roleSessionName: "ci",
                policy: "{}"),
            "MalformedPolicyDocument", "Syntax errors in policy."
        ),
    ]

    @Test(arguments: bad)
    func aBadCallIsRefused(_ call: STS.AssumeRole, _ code: String, _ message: String) throws {
        try expectRefusal(code, message, of: live) { _ = try live.perform(call) }
    }

    @Test func aSessionTokenStandsForItsCaller() throws {
        live.caller.arn = "arn:aws:iam::000000000000:user/me"
        let credentials = try #require(try live.sts.getSessionToken().credentials)
        #expect(
            live.cloud.identity.accessKey(credentials.accessKeyId ?? "")?.arn == live.caller.arn)
        #expect(credentials.expiration == Timestamp(seconds: 1_767_225_600 + 43_200))
        try expectRefusal("ValidationError", of: live) {
            try live.sts.getSessionToken(durationSeconds: 1)
        }
        #expect(live.cloud.identity.accessKey("AKIAIOSFODNN7EXAMPLE") == nil)
        #expect(
            try live.sts.getAccessKeyInfo(accessKeyId: "AKIAIOSFODNN7EXAMPLE").account
                == "000000000000")
        try expectRefusal("ValidationError", of: live) {
            try live.sts.getAccessKeyInfo(accessKeyId: "AKIA")
        }
        try expectRefusal("InvalidAuthorizationMessageException", of: live) {
            try live.sts.decodeAuthorizationMessage(encodedMessage: "x")
        }
    }
}
