import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Tags, certificates, attributes and quotas.
@Suite struct BalancingSettingsTests {
    @Test func tagsAreAddedReplacedAndRemovedOnFourKindsOfThings() throws {
        let site = Site()
        let all = try site.makeAll()
        let rule = try site.live.elbv2.createRule(
            listenerArn: all.listener,
            conditions: [.init(field: "path-pattern", values: ["/a"])], priority: 1,
            actions: [.init(type: .forward, targetGroupArn: all.group)]
        ).rules![0].ruleArn!
        let arns = [all.balancer, all.group, all.listener, rule]
        let elb = site.live.elbv2
        try elb.addTags(
            resourceArns: arns, tags: [.init(key: "a", value: "1"), .init(key: "b", value: "2")])
        try elb.addTags(resourceArns: arns, tags: [.init(key: "a", value: "3")])
        try elb.removeTags(resourceArns: arns, tagKeys: ["b", "c"])
        let found = try elb.describeTags(resourceArns: arns).tagDescriptions!
        #expect(found.map(\.resourceArn) == arns)
        #expect(found.allSatisfy { $0.tags?.map { $0.key! + $0.value! } == ["a3"] })
    }

    @Test func certificatesAreListedWithTheDefaultFirst() throws {
        let site = Site()
        let balancer = try site.makeLoadBalancer()
        let elb = site.live.elbv2
        let arns = ["a", "b", "c"].map { "arn:aws:acm:us-east-1:000000000000:certificate/\($0)" }
        let made = try elb.createListener(
            loadBalancerArn: balancer, protocol: .https, port: 443,
            certificates: [.init(certificateArn: arns[0])],
            defaultActions: [
                .init(type: .fixedResponse, fixedResponseConfig: .init(statusCode: "200"))
            ]
        ).listeners![0]
        #expect(made.sslPolicy == "ELBSecurityPolicy-2016-08")
        #expect(made.mutualAuthentication?.mode == "off")
        let listener = made.listenerArn!
        try elb.addListenerCertificates(
            listenerArn: listener, certificates: arns.map { .init(certificateArn: $0) })
        try elb.removeListenerCertificates(
            listenerArn: listener, certificates: [.init(certificateArn: arns[1])])
        let found = try elb.describeListenerCertificates(listenerArn: listener).certificates!
        #expect(found.map(\.certificateArn) == [arns[0], arns[2]])
        #expect(found.map(\.isDefault) == [true, false])
    }

    @Test func attributesHaveTheirDefaultsUntilTheyAreSet() throws {
        let site = Site()
        let all = try site.makeAll()
        let elb = site.live.elbv2
        let balancer = try elb.describeLoadBalancerAttributes(loadBalancerArn: all.balancer)
        #expect(balancer.attributes?.count == 23)
        #expect(
            balancer.attributes?.first { $0.key == "idle_timeout.timeout_seconds" }?.value == "60")
        let group = try elb.describeTargetGroupAttributes(targetGroupArn: all.group)
        #expect(group.attributes?.count == 14)
        let key = "deregistration_delay.timeout_seconds"
        let set = try elb.modifyTargetGroupAttributes(
            targetGroupArn: all.group, attributes: [.init(key: key, value: "0")])
        #expect(set.attributes?.first { $0.key == key }?.value == "0")
        #expect(site.live.cloud.balancing.targetGroups[0].deregistrationDelay == .zero)
        let listener = try elb.describeListenerAttributes(listenerArn: all.listener)
        #expect(
            listener.attributes?.first { $0.key == "routing.http.response.server.enabled" }?.value
                == "true")
    }

    @Test func quotasAndPoliciesAreListed() throws {
        let elb = LiveCloud().elbv2
        let limits = try elb.describeAccountLimits(pageSize: 20)
        #expect(limits.limits?.count == 20)
        #expect(try elb.describeAccountLimits(marker: limits.nextMarker).limits?.count == 3)
        #expect(limits.limits?.first?.max == "50")
        let policy = try elb.describeSSLPolicies(names: ["ELBSecurityPolicy-2016-08"]).sslPolicies![
            0]
        #expect(policy.ciphers?.count == 18)
        #expect(policy.sslProtocols == ["TLSv1", "TLSv1.1", "TLSv1.2"])
    }

    @Test func anotherPlaceSeesNothingOfThisOne() throws {
        let site = Site()
        let all = try site.makeAll()
        site.live.caller = Caller(place: Place(account: "111111111111", region: "us-east-1"))
        #expect(
            try site.live.elbv2.describeLoadBalancers().loadBalancers == nil
                || site.live.elbv2.describeLoadBalancers().loadBalancers!.isEmpty)
        try expectRefusal("LoadBalancerNotFound", of: site.live) {
            try site.live.elbv2.describeLoadBalancers(loadBalancerArns: [all.balancer])
        }
        try expectRefusal("SubnetNotFound", of: site.live) { try site.makeLoadBalancer("b") }
    }

    @Test func quotasHold() throws {
        let site = Site()
        let all = try site.makeAll()
        let elb = site.live.elbv2
        let fixed = ELBv2.Action(
            type: .fixedResponse, fixedResponseConfig: .init(statusCode: "200"))
        func makeRule(_ priority: Int) throws {
            try elb.createRule(
                listenerArn: all.listener,
                conditions: [.init(field: "path-pattern", values: ["/a"])], priority: priority,
                actions: [fixed])
        }
        for priority in 1...100 { try makeRule(priority) }
        try expectRefusal("TooManyRules", of: site.live) { try makeRule(101) }
        for port in 81...129 { try site.makeListener(all.balancer, to: all.group, port: port) }
        try expectRefusal("TooManyListeners", of: site.live) {
            try site.makeListener(all.balancer, to: all.group, port: 130)
        }
        let targets = (1...1001).map {
            ELBv2.TargetDescription(id: "172.16.0.1", port: $0, availabilityZone: "us-east-1a")
        }
        try expectRefusal("TooManyTargets", of: site.live) {
            try elb.registerTargets(targetGroupArn: all.group, targets: targets)
        }
        for number in 1..<50 { try site.makeLoadBalancer("lb-\(number)") }
        try expectRefusal("TooManyLoadBalancers", of: site.live) {
            try site.makeLoadBalancer("lb-50")
        }
    }
}
