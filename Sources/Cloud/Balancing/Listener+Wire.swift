import CloudAPI

extension ELBv2.Listener {
    init(_ id: ListenerID, in cloud: borrowing Cloud) {
        let listener = cloud.balancing.listeners[id]
        let isSecure = Balancing.Listener.isSecure(listener.protocol)
        self.init(
            listenerArn: cloud.arn(id), loadBalancerArn: cloud.arn(listener.loadBalancer),
            port: listener.port, protocol: .init(rawValue: listener.protocol),
            // Only the default one: DescribeListenerCertificates has the others.
            certificates: listener.certificates.first.map { [.init(certificateArn: $0)] },
            sslPolicy: listener.sslPolicy,
            defaultActions: listener.actions.map { .init($0, in: cloud) },
            alpnPolicy: listener.alpnPolicy.isEmpty ? nil : listener.alpnPolicy,
            mutualAuthentication: listener.protocol == "HTTPS" && isSecure
                ? .init(mode: "off") : nil)
    }
}

extension Balancing.Listener {
    static func isSecure(_ name: String) -> Bool { name == "HTTPS" || name == "TLS" }

    /// What AWS takes if no policy is named. Source: API reference, CreateListener, SslPolicy.
    static let standardPolicy = "ELBSecurityPolicy-2016-08"

    static func checkProtocol(
        _ name: String, for kind: Balancing.LoadBalancer.Kind
    ) throws(APIFailure) {
        try Balancing.checkEnum(name, at: "protocol", of: "ProtocolEnum")
        let allowed =
            kind == .application
            ? ["HTTPS", "HTTP"] : ["TCP", "TLS", "UDP", "TCP_UDP"]
        guard allowed.contains(name) else {
            throw .balancingInvalid(
                "Listener protocol '\(name)' must be one of '\(allowed.joined(separator: ", "))'")
        }
    }

    /// Exactly one certificate for HTTPS and TLS and none for others: elbv2.md sections 4 and 9.
    static func readCertificates(
        _ certificates: [ELBv2.Certificate], for name: String
    ) throws(APIFailure) -> [String] {
        guard isSecure(name) else {
            guard certificates.isEmpty else {
                // Assumed.
                throw .balancingInvalid("Certificates cannot be specified for \(name) listeners")
            }
            return []
        }
        guard !certificates.isEmpty else {
            throw .balancingInvalid("A certificate must be specified for \(name) listeners")
        }
        guard certificates.count == 1 else {
            // Assumed.
            throw .balancing("TooManyCertificates", "Only one certificate can be specified")
        }
        return [try readCertificate(certificates[0])]
    }

    /// Drydock keeps no certificates: any ARN of one will do.
    static func readCertificate(_ certificate: ELBv2.Certificate) throws(APIFailure) -> String {
        let arn = certificate.certificateArn ?? ""
        let isOne = arn.hasPrefix("arn:aws:acm:") || arn.hasPrefix("arn:aws:iam:")
        guard isOne else { throw .certificateNotFound(arn) }
        return arn
    }

    static func readPolicy(_ policy: String?, for name: String) throws(APIFailure) -> String? {
        guard isSecure(name) else {
            guard policy == nil else {
                // Assumed.
                throw .balancingInvalid("An SSL policy cannot be specified for \(name) listeners")
            }
            return nil
        }
        let policy = policy ?? standardPolicy
        // Not only those that DescribeSSLPolicies shows: AWS has more.
        guard policy.hasPrefix("ELBSecurityPolicy-") else { throw .sslPolicyNotFound }
        return policy
    }
}
