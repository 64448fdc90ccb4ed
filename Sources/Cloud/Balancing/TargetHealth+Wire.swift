import CloudAPI
import Simulation

extension ELBv2.TargetHealthDescription {
    init(_ id: TargetID, in cloud: borrowing Cloud, withAnomalies: Bool = false) {
        let target = cloud.balancing.targets[id]
        let check = cloud.balancing.targetGroups[target.group].healthCheck
        self.init(
            target: .init(
                id: target.address.description, port: target.port, availabilityZone: target.zone),
            healthCheckPort: "\(check.port ?? target.port)",
            targetHealth: .init(id, in: cloud),
            anomalyDetection: withAnomalies
                ? .init(result: .normal, mitigationInEffect: .no) : nil,
            administrativeOverride: .none(for: target.state))
    }

    /// Of a target that is not registered, though somebody asks for it.
    init(unknown target: ELBv2.TargetDescription, in group: Balancing.TargetGroup) {
        let port = target.port ?? group.port
        self.init(
            target: .init(id: target.id, port: port, availabilityZone: target.availabilityZone),
            healthCheckPort: "\(group.healthCheck.port ?? port)",
            targetHealth: .init(
                state: .unused, reason: .targetNotRegistered,
                description: "Target is not registered to the target group"))
    }
}

extension ELBv2.AdministrativeOverride {
    fileprivate static func none(for state: Balancing.TargetState) -> Self? {
        guard state != .unused else { return nil }
        return .init(
            state: .noOverride, reason: .administrativeOverrideNoOverride,
            description: "No override is currently active on target")
    }
}

/// Reasons and texts: elbv2.md section 6.
extension ELBv2.TargetHealth {
    init(_ id: TargetID, in cloud: borrowing Cloud) {
        let target = cloud.balancing.targets[id]
        switch target.state {
        case .healthy: self.init(state: .healthy)
        case .initial:
            let hasBegun = target.views.contains { $0.hasBegun(by: cloud.now) }
            self =
                hasBegun
                ? .init(
                    state: .initial, reason: .elbInitialHealthChecking,
                    description: "Initial health checks in progress")
                : .init(
                    state: .initial, reason: .elbRegistrationInProgress,
                    description: "Target registration is in progress")
        case .unhealthy: self.init(failed: target.failedCheck)
        case .draining:
            self.init(
                state: .draining, reason: .targetDeregistrationInProgress,
                description: "Target deregistration is in progress")
        case .unused:
            let isUsed = cloud.balancing.targetGroups[target.group].loadBalancer != nil
            self.init(
                state: .unused, reason: .targetNotInUse,
                description: isUsed
                    ? "Target is in an Availability Zone that is not enabled for the load balancer"
                    : "Target group is not configured to receive traffic from the load balancer")
        }
    }

    private init(failed result: Balancing.CheckOutcome.Result?) {
        let reason: ELBv2.TargetHealthReasonEnum
        let text: String
        switch result {
        case .mismatch(let status)?:
            (reason, text) = (
                .targetResponseCodeMismatch, "Health checks failed with these codes: [\(status)]"
            )
        case .timedOut?: (reason, text) = (.targetTimeout, "Request timed out")
        case .refused?, .passed?, nil:
            (reason, text) = (.targetFailedHealthChecks, "Health checks failed")
        }
        self.init(state: .unhealthy, reason: reason, description: text)
    }
}
