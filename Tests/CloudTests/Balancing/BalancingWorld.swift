import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// A load balancer with two listeners and a rule, a second one, and groups in use and not.
struct BalancingWorld {
    let site: Site
    let balancer: String
    let other: String
    let group: String
    let free: String
    let listener: String
    let second: String
    let rule: String
    let defaultRule: String
    var elb: ELBv2Client<LiveCloud> { site.live.elbv2 }
    var ghost: String { balancer.dropLast(16) + "0123456789abcdef" }
    var ghostGroup: String { group.dropLast(16) + "0123456789abcdef" }
    var ghostListener: String { listener.dropLast(16) + "0123456789abcdef" }
    var ghostRule: String { rule.dropLast(16) + "0123456789abcdef" }

    init() throws {
        site = Site()
        balancer = try site.makeLoadBalancer("web")
        other = try site.makeLoadBalancer("other")
        group = try site.makeTargetGroup("used")
        free = try site.makeTargetGroup("free")
        try site.makeTargetGroup("tcp", protocol: .tcp)
        try site.live.elbv2.createTargetGroup(
            name: "instances", protocol: .http, port: 80, vpcId: site.vpcName)
        listener = try site.makeListener(balancer, to: group)
        second = try site.live.elbv2.createListener(
            loadBalancerArn: balancer, protocol: .https, port: 443,
            certificates: [.init(certificateArn: "arn:aws:acm:us-east-1:0:certificate/a")],
            defaultActions: [Self.fixed]
        ).listeners![0].listenerArn!
        rule = try site.live.elbv2.createRule(
            listenerArn: listener, conditions: [Self.path], priority: 26, actions: [Self.fixed]
        ).rules![0].ruleArn!
        defaultRule = try site.live.elbv2.describeRules(listenerArn: listener).rules!.last!.ruleArn!
    }

    static let fixed = ELBv2.Action(
        type: .fixedResponse, fixedResponseConfig: .init(statusCode: "200"))
    static let path = ELBv2.RuleCondition(field: "path-pattern", values: ["/a"])
    static func forward(_ group: String) -> ELBv2.Action {
        .init(type: .forward, targetGroupArn: group)
    }
}

struct BalancingRefusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: String
    let message: (@Sendable (BalancingWorld) -> String)?
    let call: @Sendable (BalancingWorld) throws -> Void

    init(
        _ name: String, _ code: String, _ message: String? = nil,
        _ call: @escaping @Sendable (BalancingWorld) throws -> Void
    ) {
        (testDescription, self.code, self.call) = (name, code, call)
        if let message { self.message = { _ in message } } else { self.message = nil }
    }

    /// Of a refusal that names something of the world.
    init(
        naming name: String, _ code: String,
        _ message: @escaping @Sendable (BalancingWorld) -> String,
        _ call: @escaping @Sendable (BalancingWorld) throws -> Void
    ) {
        (testDescription, self.code, self.message, self.call) = (name, code, message, call)
    }

    func check() throws {
        let world = try BalancingWorld()
        try expectRefusal(code, message?(world), of: world.site.live) { try call(world) }
    }
}
