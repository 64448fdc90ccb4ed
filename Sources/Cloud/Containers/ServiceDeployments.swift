import Simulation

extension Containers {
    /// Where a service deployment stands. Source: ecs.md section 21.3.
    public enum ServiceDeploymentStatus: String, Sendable {
        case pending = "PENDING"
        case inProgress = "IN_PROGRESS"
        case successful = "SUCCESSFUL"
        case stopped = "STOPPED"
        case rollbackRequested = "ROLLBACK_REQUESTED"
        case rollbackInProgress = "ROLLBACK_IN_PROGRESS"
        case rollbackSuccessful = "ROLLBACK_SUCCESSFUL"
        case rollbackFailed = "ROLLBACK_FAILED"
    }

    /// A service deployment is a deployment together with its way back, if it had to take one.
    public func serviceDeploymentStatus(of id: DeploymentID) -> ServiceDeploymentStatus {
        guard let rollback = deployments[id].rollback else { return statusWithoutRollback(of: id) }
        switch deployments[rollback].rolloutState {
        case .completed: return .rollbackSuccessful
        case .failed: return .rollbackFailed
        case .inProgress:
            // A newer deployment has taken its place.
            if deployments[rollback].stoppedAt != nil { return .stopped }
            let isAsked =
                deployments[id].failure == .stopped && deployments[rollback].startedAt == nil
            return isAsked ? .rollbackRequested : .rollbackInProgress
        }
    }

    private func statusWithoutRollback(of id: DeploymentID) -> ServiceDeploymentStatus {
        if deployments[id].rolloutState == .completed { return .successful }
        if deployments[id].stoppedAt != nil { return .stopped }
        return deployments[id].startedAt == nil ? .pending : .inProgress
    }

    /// When it ended, one way or the other.
    func end(ofServiceDeployment id: DeploymentID) -> Instant? {
        let last = deployments[id].rollback ?? id
        return deployments[last].completedAt ?? deployments[last].stoppedAt
    }
}

extension Cloud {
    /// Takes a task under protection, or out of it.
    mutating func protect(_ id: TaskID, until end: Instant?) {
        containers.protectedUntil[id] = end
        if let end {
            timeline.schedule(.containers(.protectionEnds(id)), at: end)
        } else {
            wakeScheduler(of: id)
        }
    }

    /// Whether protection would hold up a deployment that wants the task gone: it is of an older
    /// revision. Source: ecs.md section 25.10; what blocks is assumed.
    func protectionIsBlocked(of id: TaskID) -> Bool {
        guard let service = containers.tasks[id].service,
            let primary = containers.services[service].deployments.first
        else { return false }
        return containers.deployments[primary].rolloutState == .inProgress
            && containers.tasks[id].deployment != primary
    }

    /// One that has been extended ends later.
    mutating func endProtection(of id: TaskID) {
        guard let end = containers.protectedUntil[id], end <= now else { return }
        containers.protectedUntil[id] = nil
        wakeScheduler(of: id)
    }
}
