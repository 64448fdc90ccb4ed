import CloudAPI
import Testing

@testable import Cloud

@Suite struct RegistryPolicyTests {
    let live = LiveCloud()
    let policy =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","#
        + #""Action":"ecr:BatchGetImage"}]}"#

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    @Test func aPolicyIsKeptUntilItIsDeleted() throws {
        let message =
            "Repository policy does not exist for the repository with name 'web' in the "
            + "registry with id '000000000000'"
        try expectRefusal("RepositoryPolicyNotFoundException", message, of: live) {
            try live.ecr.getRepositoryPolicy(repositoryName: "web")
        }
        try live.ecr.setRepositoryPolicy(repositoryName: "web", policyText: policy)
        #expect(try live.ecr.getRepositoryPolicy(repositoryName: "web").policyText == policy)
        #expect(try live.ecr.deleteRepositoryPolicy(repositoryName: "web").policyText == policy)
        try expectRefusal("RepositoryPolicyNotFoundException", message, of: live) {
            try live.ecr.deleteRepositoryPolicy(repositoryName: "web")
        }
    }

    @Test func theRegistryHasAPolicyToo() throws {
        let message = "Registry policy does not exist in the registry with id '000000000000'"
        try expectRefusal("RegistryPolicyNotFoundException", message, of: live) {
            try live.ecr.getRegistryPolicy()
        }
        try live.ecr.putRegistryPolicy(policyText: policy)
        #expect(try live.ecr.getRegistryPolicy().policyText == policy)
        #expect(try live.ecr.deleteRegistryPolicy().policyText == policy)
        try expectRefusal("RegistryPolicyNotFoundException", message, of: live) {
            try live.ecr.deleteRegistryPolicy()
        }
    }

    @Test(arguments: ["", "{}", "[]", #"{"Statement":[{"Effect":"Allow"}]}"#])
    func whatIsNoPolicyIsRefused(_ text: String) throws {
        let start = "Invalid parameter at 'PolicyText' failed to satisfy constraint: "
        try expectRefusal(
            "InvalidParameterException", start + "'Invalid repository policy provided'", of: live
        ) { try live.ecr.setRepositoryPolicy(repositoryName: "web", policyText: text) }
        try expectRefusal(
            "InvalidParameterException", start + "'Invalid registry policy provided'", of: live
        ) { try live.ecr.putRegistryPolicy(policyText: text) }
    }
}

@Suite struct LifecyclePolicyTests {
    let live = LiveCloud()

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    static func rule(
        _ priority: Int = 1, status: String = "untagged", more: String = "",
        limit: String = #""countType":"sinceImagePushed","countUnit":"days","countNumber":14"#,
        action: String = #"{"type":"expire"}"#
    ) -> String {
        #"{"rulePriority":\#(priority),"selection":{"tagStatus":"\#(status)"\#(more),\#(limit)},"#
            + #""action":\#(action)}"#
    }

    static func policy(_ rules: String...) -> String {
        #"{"rules":[\#(rules.joined(separator: ","))]}"#
    }

    @Test func aPolicyIsKeptUntilItIsDeleted() throws {
        let text = Self.policy(
            Self.rule(
                2, status: "any", limit: #""countType":"imageCountMoreThan","countNumber":5"#),
            Self.rule(1, status: "tagged", more: #","tagPrefixList":["v"]"#))
        let message =
            "Lifecycle policy does not exist for the repository with name 'web' in the "
            + "registry with id '000000000000'"
        try expectRefusal("LifecyclePolicyNotFoundException", message, of: live) {
            try live.ecr.getLifecyclePolicy(repositoryName: "web")
        }
        let put = try live.ecr.putLifecyclePolicy(repositoryName: "web", lifecyclePolicyText: text)
        #expect(put.lifecyclePolicyText == text)
        #expect(try live.ecr.getLifecyclePolicy(repositoryName: "web").lifecyclePolicyText == text)
        let gone = try live.ecr.deleteLifecyclePolicy(repositoryName: "web")
        #expect(gone.lifecyclePolicyText == text)
        try expectRefusal("LifecyclePolicyNotFoundException", message, of: live) {
            try live.ecr.deleteLifecyclePolicy(repositoryName: "web")
        }
        let read = try Registry.LifecyclePolicy(text)
        #expect(
            read.rules == [
                .init(
                    priority: 1, selection: .prefixes(["v"]), limit: .daysSincePushed(14),
                    expires: true),
                .init(priority: 2, selection: .any, limit: .count(5), expires: true),
            ])
    }

    static let padding = String(repeating: " ", count: 100)
    static let bad: [(text: String, complaint: String)] = [
        ("{}", #"string "..." has length 2, allowed are 100 to 30720 characters"#),
        ("{" + padding, "Could not map policyString into LifecyclePolicy."),
        ("{}" + padding, #"object has missing required properties (["rules"])"#),
        (
            #"{"rules":[{}]}"# + padding,
            #"object has missing required properties (["action","rulePriority","selection"])"#
        ),
        (
            policy(rule(status: "some")),
            #"instance value ("some") not found in enum :(possible "#
                + #"values: ["any","tagged","untagged"])"#
        ),
        (
            policy(rule(0)) + padding,
            "numeric instance is lower than the required minimum (minimum: "
                + "1, found: 0)"
        ),
        (
            policy(rule(limit: #""countType":"imageCountMoreThan","countNumber":0"#)) + padding,
            "numeric instance is lower than the required minimum (minimum: 1, found: 0)"
        ),
        (
            policy(rule(status: "tagged")),
            "instance failed to match exactly one schema (matched 0 out of 2)"
        ),
        (
            policy(rule(more: #","tagPrefixList":["v"]"#)),
            "instance failed to match exactly one schema (matched 0 out of 2)"
        ),
        (
            policy(rule(status: "tagged", more: #","tagPatternList":["*a*b*c*d*"]"#)),
            "a pattern can have at most 4 wildcards: *a*b*c*d*"
        ),
        (
            policy(rule(limit: #""countType":"sinceImagePushed","countNumber":1"#)) + padding,
            "instance failed to match exactly one schema (matched 0 out of 2)"
        ),
        (
            policy(
                rule(limit: #""countType":"sinceImagePulled","countUnit":"days","countNumber":1"#)),
            "sinceImagePulled goes with the action transition only"
        ),
        (policy(rule(1), rule(1)), "rulePriority 1 is used more than once"),
        (policy(rule(1), rule(2)), "there is more than one rule with tagStatus untagged"),
        (
            policy(rule(1, status: "any"), rule(2)),
            "the rule with tagStatus any must have the highest rulePriority number"
        ),
        (
            policy(rule(action: #"{"type":"transition"}"#)),
            #"object has missing required properties (["targetStorageClass"])"#
        ),
    ]

    @Test(arguments: bad)
    func whatTheSchemaForbidsIsRefused(_ bad: (text: String, complaint: String)) throws {
        try expectRefusal(
            "InvalidParameterException",
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle "
                + "policy validation failure: \(bad.complaint)'",
            of: live
        ) { try live.ecr.putLifecyclePolicy(repositoryName: "web", lifecyclePolicyText: bad.text) }
    }
}
