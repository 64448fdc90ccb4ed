import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct RoleTests {
    let live = LiveCloud()

    func makeRole(_ name: String = "exec", path: String? = nil) throws {
        try live.iam.createRole(path: path, roleName: name, assumeRolePolicyDocument: trust())
    }

    @Test func aNewRoleIsDescribed() throws {
        let made = try #require(
            try live.iam.createRole(
                path: "/team/", roleName: "exec", assumeRolePolicyDocument: trust(),
                description: "runs", maxSessionDuration: 7200, tags: [.init(key: "a", value: "b")]
            ).role)
        #expect(made.arn == "arn:aws:iam::000000000000:role/team/exec")
        #expect(made.path == "/team/")
        #expect(made.roleId?.hasPrefix("AROA") == true)
        #expect(made.roleId?.count == 21)
        #expect(made.createDate == Timestamp(seconds: 1_767_225_600))
        #expect(made.description == "runs")
        #expect(made.maxSessionDuration == 7200)
        #expect(made.tags?.map(\.key) == ["a"])
        #expect(
            made.assumeRolePolicyDocument?.hasPrefix("%7B%22Version%22%3A%222012-10-17%22%2C")
                == true)
        let got = try live.iam.getRole(roleName: "exec").role
        #expect(got?.arn == made.arn)
        #expect(got?.roleLastUsed != nil)
        let role = try #require(live.cloud.identity.role(arn: made.arn ?? ""))
        #expect(live.cloud.identity.isTrusted("ecs-tasks.amazonaws.com", by: role))
        #expect(!live.cloud.identity.isTrusted("ecs.amazonaws.com", by: role))
        #expect(live.cloud.identity.role(arn: "arn:aws:iam::000000000000:role/exec") == nil)
    }

    @Test func aNameIsTakenOnceInWhateverCaseAndFoundInItsOwn() throws {
        try makeRole("Exec")
        try expectRefusal(
            "EntityAlreadyExists", "Role with name exec already exists.", of: live
        ) { try makeRole("exec") }
        try expectRefusal(
            "NoSuchEntity", "The role with name exec cannot be found.", of: live
        ) { try live.iam.getRole(roleName: "exec") }
        let other = LiveCloud(
            live.cloud, as: Caller(place: Place(account: "111122223333", region: "us-east-1")))
        try expectRefusal("NoSuchEntity", of: other) { try other.iam.getRole(roleName: "Exec") }
        // It belongs to the account, whatever the region.
        let elsewhere = LiveCloud(
            live.cloud, as: Caller(place: Place(account: "000000000000", region: "eu-west-1")))
        #expect(try elsewhere.iam.getRole(roleName: "Exec").role?.roleName == "Exec")
    }

    static let badRoles: [(IAM.CreateRole, code: String, message: String)] = [
        (
            .init(roleName: "a b", assumeRolePolicyDocument: trust()), "ValidationError",
            "The specified value for roleName is invalid. It must contain only alphanumeric "
                + "characters and/or the following: +=,.@_-"
        ),
        (
            .init(roleName: "", assumeRolePolicyDocument: trust()), "ValidationError",
            "1 validation error detected: Value '' at 'roleName' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1"
        ),
        (
            .init(
                roleName: String(repeating: "a", count: 65), assumeRolePolicyDocument: trust()),
            "ValidationError",
            "1 validation error detected: Value '\(String(repeating: "a", count: 65))' at "
                + "'roleName' "
                + "failed to satisfy constraint: Member must have length less than or equal to 64"
        ),
        (
            .init(path: "team", roleName: "a", assumeRolePolicyDocument: trust()),
            "ValidationError",
            "The specified value for path is invalid. It must begin and end with / and contain "
                + "only "
                + "alphanumeric characters and/or / characters."
        ),
        (
            .init(roleName: "a", assumeRolePolicyDocument: trust(), maxSessionDuration: 60),
            "ValidationError",
            "1 validation error detected: Value '60' at 'maxSessionDuration' failed to satisfy "
                + "constraint: Member must have value greater than or equal to 3600"
        ),
        (
            .init(
                roleName: "a", assumeRolePolicyDocument: trust(),
                permissionsBoundary: "arn:aws:iam::aws:policy/None"),
            "NoSuchEntity",
            "Policy arn:aws:iam::aws:policy/None does not exist or is not attachable."
        ),
    ]

    @Test(arguments: badRoles)
    func aBadRoleIsRefused(_ call: IAM.CreateRole, _ code: String, _ message: String) throws {
        try expectRefusal(code, message, of: live) { _ = try live.perform(call) }
    }

    static let badTrust: [(document: String, complaint: String)] = [
        ("{", "This policy contains invalid Json"),
        ("{}", "Syntax errors in policy."),
        (trust().replacing("2012-10-17", with: "2024-01-01"), "Syntax errors in policy."),
        (trust().replacing("Allow", with: "Maybe"), "Syntax errors in policy."),
        (
            trust().replacing(#""Action""#, with: #""Resource":"*","Action""#),
            "Has prohibited field Resource"
        ),
        (
            policy("sts:AssumeRole").replacing(#","Resource":"*""#, with: ""),
            "Missing required field Principal"
        ),
        (
            trust().replacing(#","Action":"sts:AssumeRole""#, with: ""),
            "Missing required field Action"
        ),
        (
            trust().replacing("sts:AssumeRole", with: "ecs:RunTask"),
            "AssumeRole policy may only specify STS AssumeRole actions."
        ),
        (
            trust().replacing(#"{"Service":"ecs-tasks.amazonaws.com"}"#, with: #""*""#),
            "AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\"."
        ),
        (trust("Service", "ecs"), "Invalid principal in policy: \"SERVICE\":\"ecs\""),
        (trust("AWS", "me"), "Invalid principal in policy: \"AWS\":\"me\""),
    ]

    @Test(arguments: badTrust)
    func aBadTrustPolicyIsRefused(_ bad: (document: String, complaint: String)) throws {
        try expectRefusal("MalformedPolicyDocument", bad.complaint, of: live) {
            try live.iam.createRole(roleName: "a", assumeRolePolicyDocument: bad.document)
        }
        try makeRole()
        try expectRefusal("MalformedPolicyDocument", bad.complaint, of: live) {
            try live.iam.updateAssumeRolePolicy(roleName: "exec", policyDocument: bad.document)
        }
    }

    @Test func aTrustPolicyHasAQuota() throws {
        let long = trust(
            "AWS", "arn:aws:iam::000000000000:role/" + String(repeating: "a", count: 2048))
        try expectRefusal(
            "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048", of: live
        ) { try live.iam.createRole(roleName: "a", assumeRolePolicyDocument: long) }
        try live.iam.createRole(
            roleName: "a", assumeRolePolicyDocument: trust() + String(repeating: " ", count: 2048))
        try expectRefusal("LimitExceeded", of: live) {
            try live.iam.updateAssumeRolePolicy(roleName: "a", policyDocument: long)
        }
    }

    @Test func aRoleIsChanged() throws {
        try makeRole()
        try live.iam.updateRole(roleName: "exec", description: "one", maxSessionDuration: 43_200)
        var role = try live.iam.getRole(roleName: "exec").role
        #expect(role?.description == "one")
        #expect(role?.maxSessionDuration == 43_200)
        #expect(
            try live.iam.updateRoleDescription(roleName: "exec", description: "two").role?
                .description
                == "two")
        try live.iam.updateAssumeRolePolicy(
            roleName: "exec", policyDocument: trust("Service", "ecs.amazonaws.com"))
        try live.iam.putRolePermissionsBoundary(
            roleName: "exec", permissionsBoundary: executionPolicy)
        role = try live.iam.getRole(roleName: "exec").role
        #expect(role?.assumeRolePolicyDocument?.contains("%22ecs.amazonaws.com%22") == true)
        #expect(role?.permissionsBoundary?.permissionsBoundaryArn == executionPolicy)
        try live.iam.deleteRolePermissionsBoundary(roleName: "exec")
        #expect(try live.iam.getRole(roleName: "exec").role?.permissionsBoundary == nil)
        try expectRefusal("ValidationError", of: live) {
            try live.iam.updateRole(roleName: "exec", maxSessionDuration: 43_201)
        }
    }

    @Test func rolesAreListedByNameInPages() throws {
        for name in ["c", "a", "b", "d"] { try makeRole(name, path: name == "b" ? "/x/" : nil) }
        let first = try live.iam.listRoles(maxItems: 2)
        #expect(first.roles?.map(\.roleName) == ["a", "b"])
        #expect(first.isTruncated == true)
        try live.iam.deleteRole(roleName: "b")
        let rest = try live.iam.listRoles(marker: first.marker, maxItems: 2)
        #expect(rest.roles?.map(\.roleName) == ["c", "d"])
        #expect(rest.isTruncated == false)
        #expect(rest.marker == nil)
        try makeRole("e", path: "/x/")
        #expect(try live.iam.listRoles(pathPrefix: "/x").roles?.map(\.roleName) == ["e"])
        try expectRefusal("ValidationError", "Invalid Marker.", of: live) {
            try live.iam.listRoles(marker: "?")
        }
        try expectRefusal("ValidationError", of: live) { try live.iam.listRoles(maxItems: 0) }
    }

    @Test func aRoleGoesOnceNothingHangsOnIt() throws {
        try makeRole()
        try live.iam.attachRolePolicy(roleName: "exec", policyArn: executionPolicy)
        try live.iam.putRolePolicy(
            roleName: "exec", policyName: "p", policyDocument: policy("s3:GetObject"))
        try live.iam.createInstanceProfile(instanceProfileName: "i")
        try live.iam.addRoleToInstanceProfile(instanceProfileName: "i", roleName: "exec")
        func delete(_ message: String) throws {
            try expectRefusal("DeleteConflict", message, of: live) {
                try live.iam.deleteRole(roleName: "exec")
            }
        }
        try delete("Cannot delete entity, must remove roles from instance profile first.")
        try live.iam.removeRoleFromInstanceProfile(instanceProfileName: "i", roleName: "exec")
        try delete("Cannot delete entity, must detach all policies first.")
        try live.iam.detachRolePolicy(roleName: "exec", policyArn: executionPolicy)
        try delete("Cannot delete entity, must delete policies first.")
        try live.iam.deleteRolePolicy(roleName: "exec", policyName: "p")
        try live.iam.deleteRole(roleName: "exec")
        try expectRefusal(
            "NoSuchEntity", "The role with name exec cannot be found.", of: live
        ) { try live.iam.deleteRole(roleName: "exec") }
        #expect(try live.iam.listRoles().roles?.isEmpty == true)
    }

    @Test func tagsAreAddedReplacedAndRemoved() throws {
        try makeRole()
        try live.iam.tagRole(
            roleName: "exec", tags: [.init(key: "b", value: "1"), .init(key: "a", value: "1")])
        try live.iam.tagRole(roleName: "exec", tags: [.init(key: "b", value: "2")])
        let tags = try live.iam.listRoleTags(roleName: "exec").tags
        #expect(tags?.map(\.key) == ["a", "b"])
        #expect(tags?.map(\.value) == ["1", "2"])
        #expect(try live.iam.listRoleTags(roleName: "exec", maxItems: 1).isTruncated == true)
        try live.iam.untagRole(roleName: "exec", tagKeys: ["a"])
        #expect(try live.iam.listRoleTags(roleName: "exec").tags?.map(\.key) == ["b"])
        for (tags, code) in [
            ([IAM.Tag(key: "", value: "")], "ValidationError"),
            ([IAM.Tag(key: "a", value: String(repeating: "a", count: 257))], "ValidationError"),
            ([IAM.Tag(key: "aws:a", value: "")], "InvalidInput"),
            ((0..<50).map { IAM.Tag(key: "k\($0)", value: "") }, "LimitExceeded"),
        ] {
            try expectRefusal(code, of: live) { try live.iam.tagRole(roleName: "exec", tags: tags) }
        }
    }

    @Test func aServiceLinkedRoleIsMadeOnceAndBelongsToItsService() throws {
        let made = try live.iam.createServiceLinkedRole(awsServiceName: "ecs.amazonaws.com").role
        #expect(
            made?.arn == "arn:aws:iam::000000000000:role/aws-service-role/ecs.amazonaws.com/"
                + "AWSServiceRoleForECS")
        let attached = try live.iam.listAttachedRolePolicies(roleName: "AWSServiceRoleForECS")
        #expect(attached.attachedPolicies?.map(\.policyName) == ["AmazonECSServiceRolePolicy"])
        try expectRefusal(
            "InvalidInput",
            "Service role name AWSServiceRoleForECS has been taken in this account, please try a "
                + "different suffix.",
            of: live
        ) { try live.iam.createServiceLinkedRole(awsServiceName: "ecs.amazonaws.com") }
        try expectRefusal("InvalidInput", of: live) {
            try live.iam.createServiceLinkedRole(awsServiceName: "moon.amazonaws.com")
        }
        try expectRefusal("InvalidInput", of: live) {
            try live.iam.createServiceLinkedRole(
                awsServiceName: "elasticloadbalancing.amazonaws.com", customSuffix: "two")
        }
        try expectRefusal(
            "UnmodifiableEntity",
            "Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this "
                + "role is "
                + "only modifiable by AWS",
            of: live
        ) { try live.iam.deleteRole(roleName: "AWSServiceRoleForECS") }

        var cloud = live.cloud
        let known = cloud.identity.serviceLinkedRole(
            for: "ecs.amazonaws.com", in: "000000000000", at: cloud.now)
        #expect(cloud.arn(known) == made?.arn)

        let task = try live.iam.deleteServiceLinkedRole(roleName: "AWSServiceRoleForECS")
            .deletionTaskId
        #expect(
            task?.hasPrefix("task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/") == true
        )
        let status = try live.iam.getServiceLinkedRoleDeletionStatus(deletionTaskId: task ?? "")
        #expect(status.status == .succeeded)
        try expectRefusal("NoSuchEntity", of: live) {
            try live.iam.getServiceLinkedRoleDeletionStatus(deletionTaskId: "task/1")
        }
        try makeRole()
        try expectRefusal("NoSuchEntity", of: live) {
            try live.iam.deleteServiceLinkedRole(roleName: "exec")
        }
    }
}
