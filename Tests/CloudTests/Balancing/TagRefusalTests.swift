import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct TagRefusalTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: cases) func refusal(_ c: BalancingRefusal) throws { try c.check() }

    static let cases: [BalancingRefusal] = [
        Case("tags of an unknown load balancer", "LoadBalancerNotFound") {
            try $0.elb.describeTags(resourceArns: [$0.ghost])
        },
        Case("tags of 21", "ValidationError") {
            let arn = $0.balancer
            try $0.elb.describeTags(resourceArns: (0..<21).map { _ in arn })
        },
        Case("a 51st tag", "TooManyTags") {
            try $0.elb.addTags(
                resourceArns: [$0.group, $0.balancer],
                tags: (0..<51).map { .init(key: "k\($0)", value: "") })
        },
        Case(
            "an unknown policy", "SSLPolicyNotFound",
            "The specified SSL policy does not exist."
        ) { try $0.elb.describeSSLPolicies(names: ["x"]) },
    ]
}
