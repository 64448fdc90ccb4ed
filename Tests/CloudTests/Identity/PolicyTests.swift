import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct PolicyTests {
    let live = LiveCloud()
    let arn = "arn:aws:iam::000000000000:policy/app"

    init() throws {
        try live.iam.createRole(roleName: "exec", assumeRolePolicyDocument: trust())
        try live.iam.createPolicy(policyName: "app", policyDocument: policy("s3:GetObject"))
    }

    @Test func policiesAreAttachedListedAndDetached() throws {
        try live.iam.attachRolePolicy(roleName: "exec", policyArn: executionPolicy)
        try live.iam.attachRolePolicy(roleName: "exec", policyArn: executionPolicy)
        try live.iam.attachRolePolicy(roleName: "exec", policyArn: arn)
        let attached = try live.iam.listAttachedRolePolicies(roleName: "exec").attachedPolicies
        #expect(attached?.map(\.policyArn) == [arn, executionPolicy])
        #expect(attached?.map(\.policyName) == ["app", "AmazonECSTaskExecutionRolePolicy"])
        let service = try live.iam.listAttachedRolePolicies(
            roleName: "exec", pathPrefix: "/service-role/")
        #expect(service.attachedPolicies?.count == 1)
        #expect(try live.iam.getPolicy(policyArn: executionPolicy).policy?.attachmentCount == 1)
        let entities = try live.iam.listEntitiesForPolicy(policyArn: arn)
        #expect(entities.policyRoles?.map(\.roleName) == ["exec"])
        let used = try live.iam.listPolicies(onlyAttached: true).policies
        #expect(used?.map(\.arn) == [arn, executionPolicy])

        try expectRefusal(
            "DeleteConflict", "Cannot delete a policy attached to entities.", of: live
        ) { try live.iam.deletePolicy(policyArn: arn) }
        try live.iam.detachRolePolicy(roleName: "exec", policyArn: arn)
        try expectRefusal("NoSuchEntity", "Policy \(arn) was not found.", of: live) {
            try live.iam.detachRolePolicy(roleName: "exec", policyArn: arn)
        }
        try live.iam.deletePolicy(policyArn: arn)
        try expectRefusal("NoSuchEntity", "Policy \(arn) was not found.", of: live) {
            try live.iam.getPolicy(policyArn: arn)
        }
    }

    @Test func onlyWhatExistsIsAttached() throws {
        // The path that is so often forgotten.
        let cases = [
            (
                "arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy", "NoSuchEntity",
                "Policy arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy does not exist or "
                    + "is not attachable."
            ),
            ("app", "ValidationError", "ARN app is not valid."),
            (
                "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy",
                "PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role."
            ),
        ]
        for (policy, code, message) in cases {
            try expectRefusal(code, message, of: live) {
                try live.iam.attachRolePolicy(roleName: "exec", policyArn: policy)
            }
        }
        for number in 0..<10 {
            try live.iam.createPolicy(policyName: "p\(number)", policyDocument: policy("s3:Get*"))
            try live.iam.attachRolePolicy(
                roleName: "exec", policyArn: "arn:aws:iam::000000000000:policy/p\(number)")
        }
        try expectRefusal(
            "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10", of: live
        ) { try live.iam.attachRolePolicy(roleName: "exec", policyArn: arn) }
    }

    @Test func inlinePoliciesAreKept() throws {
        let text = policy("logs:CreateLogGroup")
        try live.iam.putRolePolicy(roleName: "exec", policyName: "two", policyDocument: text)
        try live.iam.putRolePolicy(
            roleName: "exec", policyName: "one", policyDocument: policy("s3:*"))
        try live.iam.putRolePolicy(roleName: "exec", policyName: "two", policyDocument: text)
        #expect(try live.iam.listRolePolicies(roleName: "exec").policyNames == ["one", "two"])
        let got = try live.iam.getRolePolicy(roleName: "exec", policyName: "two")
        #expect(got.policyDocument == PolicyDocument(text)?.encoded)
        try live.iam.deleteRolePolicy(roleName: "exec", policyName: "two")
        for call in [
            {
                try self.live.iam.getRolePolicy(roleName: "exec", policyName: "two"); return ()
            },
            {
                try self.live.iam.deleteRolePolicy(roleName: "exec", policyName: "two"); return ()
            },
        ] as [() throws -> Void] {
            try expectRefusal(
                "NoSuchEntity", "The role policy with name two cannot be found.", of: live, call)
        }
        try expectRefusal(
            "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role exec", of: live
        ) {
            try live.iam.putRolePolicy(
                roleName: "exec", policyName: "long",
                policyDocument: policy("s3:" + String(repeating: "a", count: 10_240)))
        }
    }

    static let bad: [(document: String, complaint: String)] = [
        ("no", "This policy contains invalid Json"),
        (#"{"Statement":[]}"#, "Syntax errors in policy."),
        (#"{"Statement":["a"]}"#, "Syntax errors in policy."),
        (trust(), "Policy document should not specify a principal."),
        (
            #"{"Statement":[{"Effect":"Allow","Resource":"*"}]}"#,
            "Policy statement must contain actions."
        ),
        (
            #"{"Statement":{"Effect":"Allow","Action":"s3:*"}}"#,
            "Policy statement must contain resources."
        ),
        (
            policy("GetObject"),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
        ),
        (policy("s3:*", on: "bucket"), "Resource bucket must be in ARN format or \"*\"."),
        (policy("s3:*", effect: "allow"), "Syntax errors in policy."),
    ]

    @Test(arguments: bad)
    func aBadPolicyIsRefused(_ bad: (document: String, complaint: String)) throws {
        try expectRefusal("MalformedPolicyDocument", bad.complaint, of: live) {
            try live.iam.putRolePolicy(
                roleName: "exec", policyName: "p", policyDocument: bad.document)
        }
        try expectRefusal("MalformedPolicyDocument", bad.complaint, of: live) {
            try live.iam.createPolicy(policyName: "p", policyDocument: bad.document)
        }
    }

    @Test func aPolicyHasVersions() throws {
        let made = try live.iam.getPolicy(policyArn: arn).policy
        #expect(made?.defaultVersionId == "v1")
        #expect(made?.policyId?.hasPrefix("ANPA") == true)
        live.run(for: .seconds(5))
        let second = policy("s3:PutObject")
        let version = try live.iam.createPolicyVersion(policyArn: arn, policyDocument: second)
            .policyVersion
        #expect(version?.versionId == "v2")
        #expect(version?.isDefaultVersion == false)
        try expectRefusal(
            "DeleteConflict",
            "This policy has more than one version. Before you delete a policy, you must delete "
                + "the "
                + "policy's versions. The default version is deleted with the policy.",
            of: live
        ) { try live.iam.deletePolicy(policyArn: arn) }
        try live.iam.setDefaultPolicyVersion(policyArn: arn, versionId: "v2")
        #expect(try live.iam.getPolicy(policyArn: arn).policy?.defaultVersionId == "v2")
        let got = try live.iam.getPolicyVersion(policyArn: arn, versionId: "v2").policyVersion
        #expect(got?.document == PolicyDocument(second)?.encoded)
        #expect(got?.createDate == Timestamp(seconds: 1_767_225_605))
        try expectRefusal(
            "DeleteConflict", "Cannot delete the default version of a policy.", of: live
        ) { try live.iam.deletePolicyVersion(policyArn: arn, versionId: "v2") }
        try live.iam.deletePolicyVersion(policyArn: arn, versionId: "v1")
        for number in 3...6 {
            let next = try live.iam.createPolicyVersion(
                policyArn: arn, policyDocument: second, setAsDefault: number == 3)
            #expect(next.policyVersion?.versionId == "v\(number)")
        }
        try expectRefusal("LimitExceeded", of: live) {
            try live.iam.createPolicyVersion(policyArn: arn, policyDocument: second)
        }
        let all = try live.iam.listPolicyVersions(policyArn: arn).versions
        #expect(all?.map(\.versionId) == ["v6", "v5", "v4", "v3", "v2"])
        #expect(all?.map(\.isDefaultVersion) == [false, false, false, true, false])
        for missing in ["v1", "v7", "2"] {
            try expectRefusal(
                "NoSuchEntity",
                "Policy \(arn) version \(missing) does not exist or is not attachable.", of: live
            ) { try live.iam.getPolicyVersion(policyArn: arn, versionId: missing) }
        }
    }

    @Test func thePoliciesOfAWSCanBeReadAndNotChanged() throws {
        let got = try live.iam.getPolicy(policyArn: executionPolicy).policy
        #expect(got?.policyName == "AmazonECSTaskExecutionRolePolicy")
        #expect(got?.path == "/service-role/")
        let version = try live.iam.getPolicyVersion(policyArn: executionPolicy, versionId: "v1")
        #expect(version.policyVersion?.document?.contains("ecr%3AGetAuthorizationToken") == true)
        #expect(try live.iam.listPolicyVersions(policyArn: executionPolicy).versions?.count == 1)
        #expect(try live.iam.listPolicies(scope: .local).policies?.map(\.policyName) == ["app"])
        let theirs = try live.iam.listPolicies(scope: .aws).policies
        #expect(theirs?.count == ManagedPolicy.all.count)
        for call in [
            {
                try self.live.iam.deletePolicy(policyArn: executionPolicy); return ()
            },
            {
                try self.live.iam.createPolicyVersion(
                    policyArn: executionPolicy, policyDocument: policy("s3:*"))
                return ()
            },
        ] as [() throws -> Void] { try expectRefusal("AccessDenied", of: live, call) }
    }

    @Test func aPolicyNameIsTakenOnce() throws {
        try expectRefusal(
            "EntityAlreadyExists",
            "A policy called App already exists. Duplicate names are not allowed.", of: live
        ) { try live.iam.createPolicy(policyName: "App", policyDocument: policy("s3:*")) }
        try expectRefusal(
            "LimitExceeded", "Cannot exceed quota for PolicySize: 6144", of: live
        ) {
            try live.iam.createPolicy(
                policyName: "long",
                policyDocument: policy("s3:" + String(repeating: "a", count: 6144)))
        }
    }

    static let decisions: [(action: String, resource: String, PolicyDocument.Decision)] = [
        ("ecr:BatchGetImage", "*", .allowed),
        ("ECR:batchgetimage", "*", .allowed),
        ("ecr:PutImage", "*", .implicitDeny),
        ("logs:CreateLogGroup", "*", .implicitDeny),
        ("s3:GetObject", "arn:aws:s3:::a/b", .allowed),
        ("s3:GetObject", "*", .allowed),
        ("s3:GetObject", "arn:aws:s3:::c/b", .implicitDeny),
        ("s3:DeleteObject", "arn:aws:s3:::a/b", .explicitDeny),
        ("logs:PutLogEvents", "*", .explicitDeny),
    ]

    @Test(arguments: decisions) func policiesDecide(
        _ action: String, _ resource: String, _ decision: PolicyDocument.Decision
    ) throws {
        try live.iam.attachRolePolicy(roleName: "exec", policyArn: executionPolicy)
        for (name, document) in [
            ("a", policy("s3:*", on: "arn:aws:s3:::a/*")),
            ("b", policy("s3:Delete*", effect: "Deny")),
            ("c", policy("logs:PutLogEvents", effect: "Deny")),
        ] {
            try live.iam.putRolePolicy(
                roleName: "exec", policyName: name, policyDocument: document)
        }
        let role = try #require(live.cloud.identity.role(named: "exec", in: "000000000000"))
        let found = live.cloud.identity.decision(for: role, action: action, on: resource)
        #expect(found == decision)
        let simulated = try live.iam.simulatePrincipalPolicy(
            policySourceArn: live.cloud.arn(role), actionNames: [action], resourceArns: [resource])
        let names: [PolicyDocument.Decision: IAM.PolicyEvaluationDecisionType] = [
            .allowed: .allowed, .explicitDeny: .explicitDeny, .implicitDeny: .implicitDeny,
        ]
        #expect(simulated.evaluationResults?.map(\.evalDecision) == [names[decision]])
    }

    @Test func aBoundaryLimitsWhatPoliciesAllow() throws {
        try live.iam.putRolePolicy(
            roleName: "exec", policyName: "all", policyDocument: policy("*"))
        try live.iam.putRolePermissionsBoundary(
            roleName: "exec", permissionsBoundary: executionPolicy)
        let role = try #require(live.cloud.identity.role(named: "exec", in: "000000000000"))
        let identity = live.cloud.identity
        #expect(identity.decision(for: role, action: "ecr:BatchGetImage") == .allowed)
        #expect(identity.decision(for: role, action: "s3:GetObject") == .implicitDeny)
    }

    @Test func instanceProfilesHoldOneRole() throws {
        let made = try live.iam.createInstanceProfile(instanceProfileName: "i", path: "/x/")
            .instanceProfile
        #expect(made?.arn == "arn:aws:iam::000000000000:instance-profile/x/i")
        #expect(made?.instanceProfileId?.hasPrefix("AIPA") == true)
        try expectRefusal("EntityAlreadyExists", "Instance Profile i already exists.", of: live) {
            try live.iam.createInstanceProfile(instanceProfileName: "i")
        }
        try live.iam.addRoleToInstanceProfile(instanceProfileName: "i", roleName: "exec")
        let got = try live.iam.getInstanceProfile(instanceProfileName: "i").instanceProfile
        #expect(got?.roles?.map(\.roleName) == ["exec"])
        #expect(
            try live.iam.listInstanceProfilesForRole(roleName: "exec").instanceProfiles?.count == 1)
        #expect(try live.iam.listInstanceProfiles().instanceProfiles?.count == 1)
        try live.iam.createRole(roleName: "two", assumeRolePolicyDocument: trust())
        try expectRefusal(
            "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
            of: live
        ) { try live.iam.addRoleToInstanceProfile(instanceProfileName: "i", roleName: "two") }
        try expectRefusal("NoSuchEntity", of: live) {
            try live.iam.removeRoleFromInstanceProfile(instanceProfileName: "i", roleName: "two")
        }
        try expectRefusal("DeleteConflict", of: live) {
            try live.iam.deleteInstanceProfile(instanceProfileName: "i")
        }
        try live.iam.removeRoleFromInstanceProfile(instanceProfileName: "i", roleName: "exec")
        try live.iam.tagInstanceProfile(
            instanceProfileName: "i", tags: [.init(key: "a", value: "")])
        #expect(try live.iam.listInstanceProfileTags(instanceProfileName: "i").tags?.count == 1)
        try live.iam.untagInstanceProfile(instanceProfileName: "i", tagKeys: ["a"])
        try live.iam.deleteInstanceProfile(instanceProfileName: "i")
        try expectRefusal("NoSuchEntity", "Instance Profile i cannot be found.", of: live) {
            try live.iam.getInstanceProfile(instanceProfileName: "i")
        }
    }
}
