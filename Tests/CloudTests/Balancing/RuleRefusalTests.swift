import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct RuleRefusalTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: cases) func refusal(_ c: BalancingRefusal) throws { try c.check() }

    private static func condition(
        _ name: String, _ message: String?, _ conditions: [ELBv2.RuleCondition]
    ) -> Case {
        let call: @Sendable (BalancingWorld) throws -> Void = {
            try $0.elb.createRule(
                listenerArn: $0.listener, conditions: conditions, priority: 1,
                actions: [BalancingWorld.fixed])
        }
        guard let message else { return Case(name, "ValidationError", nil, call) }
        return Case(name, "ValidationError", message, call)
    }

    static let cases: [BalancingRefusal] = [
        Case("a priority in use", "PriorityInUse", "Priority '26' is currently in use") {
            try $0.elb.createRule(
                listenerArn: $0.listener, conditions: [BalancingWorld.path], priority: 26,
                actions: [BalancingWorld.fixed])
        },
        Case("a priority out of range", "ValidationError") {
            try $0.elb.createRule(
                listenerArn: $0.listener, conditions: [BalancingWorld.path], priority: 50001,
                actions: [BalancingWorld.fixed])
        },
        Case(
            "no argument", "ValidationError",
            "You must specify either listener rule ARNs or a listener ARN"
        ) { try $0.elb.describeRules() },
        Case(
            "both arguments", "ValidationError",
            "Listener rule ARNs and a listener ARN cannot be specified at the same time"
        ) { try $0.elb.describeRules(listenerArn: $0.listener, ruleArns: [$0.rule]) },
        Case("unknown rules", "RuleNotFound", "One or more rules not found") {
            try $0.elb.describeRules(ruleArns: [$0.ghostRule])
        },
        Case(
            naming: "deleting the default rule", "OperationNotPermitted",
            { "Default rule '\($0.defaultRule)' cannot be deleted" }
        ) { try $0.elb.deleteRule(ruleArn: $0.defaultRule) },
        Case("modifying the default rule", "OperationNotPermitted") {
            try $0.elb.modifyRule(ruleArn: $0.defaultRule, actions: [BalancingWorld.fixed])
        },
        Case(
            "modifying nothing", "ValidationError",
            "Either conditions or actions must be specified"
        ) { try $0.elb.modifyRule(ruleArn: $0.rule) },
        Case("a priority twice", "ValidationError", "Priority '5' was provided multiple times") {
            try $0.elb.setRulePriorities(
                rulePriorities: [
                    .init(ruleArn: $0.rule, priority: 5), .init(ruleArn: $0.rule, priority: 5),
                ])
        },
        Case("moving the default rule", "OperationNotPermitted") {
            try $0.elb.setRulePriorities(
                rulePriorities: [.init(ruleArn: $0.defaultRule, priority: 5)])
        },
        condition(
            "a field that is none",
            """
            Condition field 'x' must be one of \
            '[path-pattern,host-header,http-header,http-request-method,query-string,source-ip]'
            """,
            [.init(field: "x", values: ["a"])]),
        condition(
            "a host that is too long", "The 'host-header' value is too long; the limit is '128'",
            [.init(field: "host-header", values: [String(repeating: "a", count: 129)])]),
        condition(
            "two values the old way",
            "The 'path-pattern' field contains too many values; the limit is '1'",
            [.init(field: "path-pattern", values: ["/a", "/b"])]),
        condition(
            "no value", "A condition value must be specified",
            [.init(field: "path-pattern", values: [])]),
        condition(
            "a header without its configuration",
            "A 'HttpHeaderConfig' must be specified with 'http-header'",
            [.init(field: "http-header", values: ["a"])]),
        condition(
            "no source", "A 'source-ip' value must be specified",
            [.init(field: "source-ip", sourceIpConfig: .init(values: []))]),
        condition(
            "a source that is none", nil,
            [.init(field: "source-ip", sourceIpConfig: .init(values: ["home"]))]),
        condition(
            "a method in small letters",
            """
            The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen \
            and underscore
            """,
            [.init(field: "http-request-method", httpRequestMethodConfig: .init(values: ["get"]))]),
        condition(
            "a query without a value", "A 'Value' must be specified in 'QueryStringKeyValuePair'",
            [.init(field: "query-string", queryStringConfig: .init(values: [.init(key: "a")]))]),
        condition(
            "six values", nil,
            [
                .init(
                    field: "path-pattern",
                    pathPatternConfig: .init(values: (0..<6).map { "/\($0)" }))
            ]),
        condition(
            "six wildcards", nil, [.init(field: "path-pattern", values: ["******"])]),
        condition("two paths", nil, [BalancingWorld.path, BalancingWorld.path]),
        condition("no conditions", nil, []),
    ]
}
