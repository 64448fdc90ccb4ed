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

// MARK: - How long they are kept

extension Cloud {
    /// Lets go of what can no longer be listed or described, and which nothing goes back to.
    ///
    /// It is done when the next deployment begins, so that a service which stands still costs
    /// nothing. Source of the 90 days: ecs.md section 21.6.
    mutating func forgetOldDeployments(of id: ServiceID) {
        let limit = timing.serviceDeploymentsKept
        let old = containers.services[id].history.prefix {
            now - containers.deployments[$0].createdAt > limit
        }
        guard !old.isEmpty else { return }
        var used = containers.services[id].deployments
        if let last = containers.services[id].lastCompleted { used.append(last) }
        for task in containers.services[id].tasks + containers.services[id].stoppedTasks {
            if let own = containers.tasks[task].deployment { used.append(own) }
        }
        // A rollback stays as long as what it undoes, and the other way round.
        used += used.flatMap {
            [containers.deployments[$0].undoes, containers.deployments[$0].restores]
                .compactMap { $0 }
        }
        for deployment in old where !used.contains(deployment) {
            let rollback = containers.deployments[deployment].rollback
            guard rollback.map({ !used.contains($0) }) ?? true else { continue }
            forget(deployment)
            containers.services[id].history.removeAscending(deployment)
        }
    }

    /// Forgets a deployment and its way back.
    private mutating func forget(_ id: DeploymentID) {
        if let rollback = containers.deployments[id].rollback {
            containers.deployments.remove(rollback)
        }
        containers.deployments.remove(id)
    }

    /// Forgets all deployments of a service that is itself forgotten: no ARN leads to them.
    mutating func forgetDeployments(of service: Containers.Service) {
        for deployment in service.history { forget(deployment) }
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
