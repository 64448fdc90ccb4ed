import CloudAPI
import Simulation

extension Identity {
    /// A role that a service of AWS makes for itself.
    struct ServiceLink {
        let service: String
        let role: String
        /// The ARN of its policy; `nil` if Drydock does not have that policy.
        var policy: String?
        /// Whether there may be several, told apart by a suffix.
        var takesSuffix = false
    }

    /// Source: surroundings.md section 3.1; those of ECR: Amazon ECR User Guide, "Using
    /// service-linked roles".
    private static let serviceLinks = [
        ServiceLink(
            service: "ecs.amazonaws.com", role: "AWSServiceRoleForECS",
            policy: "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy"),
        ServiceLink(
            service: "elasticloadbalancing.amazonaws.com",
            role: "AWSServiceRoleForElasticLoadBalancing",
            policy: "arn:aws:iam::aws:policy/aws-service-role/"
                + "AWSElasticLoadBalancingServiceRolePolicy"),
        ServiceLink(
            service: "ecs.application-autoscaling.amazonaws.com",
            role: "AWSServiceRoleForApplicationAutoScaling_ECSService",
            policy: "arn:aws:iam::aws:policy/aws-service-role/"
                + "AWSApplicationAutoscalingECSServicePolicy"),
        ServiceLink(
            service: "replication.ecr.amazonaws.com", role: "AWSServiceRoleForECRReplication"),
        ServiceLink(
            service: "pullthroughcache.ecr.amazonaws.com",
            role: "AWSServiceRoleForECRPullThroughCache"),
        ServiceLink(
            service: "autoscaling.amazonaws.com", role: "AWSServiceRoleForAutoScaling",
            takesSuffix: true),
    ]

    static func serviceLink(_ service: String) -> ServiceLink? {
        serviceLinks.first { $0.service == service }
    }

    /// Makes a service's role if it is not there yet, as ECS and the load balancer do on their
    /// first use in an account.
    ///
    /// - Precondition: Drydock knows the service.
    @discardableResult
    mutating func serviceLinkedRole(
        for service: String, in account: String, at now: Instant
    ) -> RoleID {
        guard let link = Self.serviceLink(service) else {
            preconditionFailure("no service-linked role for \(service)")
        }
        return role(named: link.role, in: account)
            ?? add(link, suffix: nil, description: nil, in: account, at: now)
    }

    mutating func add(
        _ link: ServiceLink, suffix: String?, description: String?, in account: String,
        at now: Instant
    ) -> RoleID {
        let trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"\(
                link.service)"},"Action":"sts:AssumeRole"}]}
            """
        guard let trust = PolicyDocument(trust) else { preconditionFailure("this is a policy") }
        var role = Role(
            account: account, name: link.role + (suffix.map { "_\($0)" } ?? ""),
            path: "/aws-service-role/\(link.service)/", trustPolicy: trust, createdAt: now)
        role.description = description
        let id = add(role)
        if let policy = link.policy { attach(policy, to: id) }
        return id
    }
}
