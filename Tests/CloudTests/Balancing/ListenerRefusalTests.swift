import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct ListenerRefusalTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: cases) func refusal(_ c: BalancingRefusal) throws { try c.check() }

    private static func listen(
        _ world: BalancingWorld, protocol: ELBv2.ProtocolEnum? = .http, port: Int? = 8080,
        certificate: String? = nil, policy: String? = nil,
        _ actions: [ELBv2.Action] = [BalancingWorld.fixed]
    ) throws {
        try world.elb.createListener(
            loadBalancerArn: world.balancer, protocol: `protocol`, port: port, sslPolicy: policy,
            certificates: certificate.map { [.init(certificateArn: $0)] }, defaultActions: actions)
    }

    static let cases: [BalancingRefusal] = [
        Case("no port", "ValidationError", "A listener port must be specified") {
            try listen($0, port: nil)
        },
        Case("no protocol", "ValidationError", "A listener protocol must be specified") {
            try listen($0, protocol: nil)
        },
        Case("TCP", "ValidationError", "Listener protocol 'TCP' must be one of 'HTTPS, HTTP'") {
            try listen($0, protocol: .tcp)
        },
        Case(
            "HTTPS without a certificate", "ValidationError",
            "A certificate must be specified for HTTPS listeners"
        ) { try listen($0, protocol: .https) },
        Case("a certificate that is none", "CertificateNotFound", "Certificate 'x' not found") {
            try listen($0, protocol: .https, certificate: "x")
        },
        Case("a policy that is none", "SSLPolicyNotFound") {
            try listen(
                $0, protocol: .https, certificate: "arn:aws:acm:us-east-1:0:certificate/a",
                policy: "x")
        },
        Case(
            naming: "a port in use", "DuplicateListener",
            { "A listener already exists on this port for this load balancer '\($0.balancer)'" }
        ) { try listen($0, port: 80) },
        Case(
            "changing to a port in use", "ValidationError",
            "Listener port '443' is already in use"
        ) { try $0.elb.modifyListener(listenerArn: $0.listener, port: 443) },
        Case(
            naming: "an unknown group", "TargetGroupNotFound",
            { "Target group '\($0.ghostGroup)' not found" }
        ) { try listen($0, [BalancingWorld.forward($0.ghostGroup)]) },
        Case(
            naming: "a group of another load balancer", "TargetGroupAssociationLimit",
            {
                """
                The following target groups cannot be associated with more than one load \
                balancer: \($0.group)
                """
            }
        ) {
            try $0.elb.createListener(
                loadBalancerArn: $0.other, protocol: .http, port: 80,
                defaultActions: [BalancingWorld.forward($0.group)])
        },
        Case("a group of a network load balancer", "IncompatibleProtocols") {
            let group = try $0.elb.describeTargetGroups(names: ["tcp"]).targetGroups![0]
            try listen($0, [BalancingWorld.forward(group.targetGroupArn!)])
        },
        Case("six groups", "InvalidLoadBalancerAction") {
            let group = $0.group
            try listen(
                $0,
                [
                    .init(
                        type: .forward,
                        forwardConfig: .init(
                            targetGroups: (0..<6).map { _ in .init(targetGroupArn: group) }))
                ])
        },
        Case("a weight of 1000", "ValidationError") {
            try listen(
                $0,
                [
                    .init(
                        type: .forward,
                        forwardConfig: .init(
                            targetGroups: [.init(targetGroupArn: $0.group, weight: 1000)]))
                ])
        },
        Case("two last actions", "InvalidLoadBalancerAction") {
            try listen($0, [BalancingWorld.fixed, BalancingWorld.fixed])
        },
        Case("no action", "InvalidLoadBalancerAction") { try listen($0, []) },
        Case(
            "an action that is none", "ValidationError",
            """
            1 validation error detected: Value 'x' at 'defaultActions.1.member.type' failed to \
            satisfy constraint: Member must satisfy enum value set: [forward, authenticate-oidc, \
            authenticate-cognito, redirect, fixed-response, jwt-validation]
            """
        ) { try listen($0, [.init(type: "x")]) },
        Case("authentication", "UnsupportedOperationException") {
            try listen($0, [.init(type: .authenticateOidc), BalancingWorld.fixed])
        },
        Case(
            "a status of 300", "ValidationError",
            """
            1 validation error detected: Value '300' at \
            'defaultActions.1.member.fixedResponseConfig.statusCode' failed to satisfy \
            constraint: Member must satisfy regular expression pattern: ^(2|4|5)\\d\\d$
            """
        ) {
            try listen(
                $0, [.init(type: .fixedResponse, fixedResponseConfig: .init(statusCode: "300"))])
        },
        Case(
            "a content type that is none", "InvalidLoadBalancerAction",
            """
            The ContentType must be one of:'text/html', 'application/json', \
            'application/javascript', 'text/css', 'text/plain'
            """
        ) {
            try listen(
                $0,
                [
                    .init(
                        type: .fixedResponse,
                        fixedResponseConfig: .init(statusCode: "200", contentType: "image/png"))
                ])
        },
        Case(
            "a redirect to itself", "InvalidLoadBalancerAction",
            "The redirect configuration is not valid because it creates a loop."
        ) {
            try listen(
                $0,
                [
                    .init(
                        type: .redirect,
                        redirectConfig: .init(query: "a=b", statusCode: .http301))
                ])
        },
        Case(
            "neither listeners nor a load balancer", "ValidationError",
            "You must specify either listener ARNs or a load balancer ARN"
        ) { try $0.elb.describeListeners() },
        Case("unknown listeners", "ListenerNotFound", "One or more listeners not found") {
            try $0.elb.describeListeners(listenerArns: [$0.ghostListener])
        },
        Case(
            naming: "deleting an unknown one", "ListenerNotFound",
            { "Listener '\($0.ghostListener)' not found" }
        ) { try $0.elb.deleteListener(listenerArn: $0.ghostListener) },
        Case("an ARN that is none", "ValidationError", "'x' is not a valid listener ARN") {
            try $0.elb.deleteListener(listenerArn: "x")
        },
        Case("a certificate for HTTP", "ValidationError") {
            try $0.elb.addListenerCertificates(
                listenerArn: $0.listener,
                certificates: [.init(certificateArn: "arn:aws:acm:us-east-1:0:certificate/b")])
        },
        Case("removing the default certificate", "OperationNotPermitted") {
            try $0.elb.removeListenerCertificates(
                listenerArn: $0.second,
                certificates: [.init(certificateArn: "arn:aws:acm:us-east-1:0:certificate/a")])
        },
        Case(
            "an unknown attribute", "ValidationError",
            "Listener attribute key 'x' is not recognized"
        ) {
            try $0.elb.modifyListenerAttributes(
                listenerArn: $0.listener, attributes: [.init(key: "x", value: "1")])
        },
    ]
}
