import Simulation

extension Chance.Purpose {
    static let breakerNotice = Chance.Purpose("breakerNotice")
}

/// How deployments begin and end. Source: ecs.md sections 12.13, 17, 18 and 21.
extension Cloud {
    /// Begins a deployment of what the service's settings now say. It becomes PRIMARY; the former
    /// ones are on their way out.
    mutating func beginDeployment(of id: ServiceID) {
        let settings = containers.services[id].settings
        let count = containers.taskDefinitions[settings.definition].containers.count
        begin(
            Containers.Deployment(
                id, settings, at: now, digests: Array(repeating: nil, count: count)), of: id)
    }

    private mutating func begin(_ new: Containers.Deployment, of id: ServiceID) {
        var new = new
        new.sources = containers.services[id].deployments.filter { old in
            containers.services[id].tasks.contains {
                containers.tasks[$0].deployment == old && containers.tasks[$0].isWanted
            }
        }
        // Only one is in progress at a time; section 21.4.
        if let last = containers.services[id].deployments.first,
            containers.deployments[last].rolloutState == .inProgress
        {
            containers.deployments[last].stoppedAt = now
            containers.deployments[last].thresholdAtEnd = breakerThreshold(of: id)
        }
        for old in containers.services[id].deployments {
            containers.deployments[old].status = .active
        }
        forgetOldDeployments(of: id)
        let undoes = new.undoes
        let deployment = containers.deployments.insert(new)
        if let undoes { containers.deployments[undoes].rollback = deployment }
        if undoes == nil { containers.services[id].history.append(deployment) }
        containers.services[id].deployments.insert(deployment, at: 0)
        containers.services[id].isSteady = false
        containers.services[id].saidItCannotMove = false
        containers.services[id].saidItIsHeldUp = false
        containers.services[id].isRebalancing = false
        // A new deployment resets the wait after failures to start; section 19.1.
        containers.services[id].startFailures = 0
        containers.services[id].startsAgainAt = nil
        askScheduler(of: id)
        record(.containers(.deploymentBegan(deployment)))
    }

    mutating func complete(_ primary: DeploymentID, of id: ServiceID) {
        containers.deployments[primary].rolloutState = .completed
        containers.deployments[primary].completedAt = now
        containers.deployments[primary].updatedAt = now
        containers.deployments[primary].thresholdAtEnd = breakerThreshold(of: id)
        for old in containers.services[id].deployments.dropFirst() {
            containers.deployments[old].status = .inactive
        }
        containers.services[id].deployments = [primary]
        containers.services[id].lastCompleted = primary
        note(.completed(primary), for: id)
        record(.containers(.deploymentEnded(primary)))
    }
}

// MARK: - The circuit breaker

extension Cloud {
    /// How many failures in a row are too many: half the desired count, rounded up, but at least 3
    /// and at most 200. Source: ecs.md section 18.3.
    func breakerThreshold(of id: ServiceID) -> Int {
        min(max((containers.services[id].desiredCount + 1) / 2, 3), 200)
    }

    /// A task has failed before it counted as healthy: it could not start, its health checks
    /// failed, or it exited. Source: ecs.md sections 18.4 and 18.5.
    mutating func noteFailure(of task: TaskID) {
        guard let deployment = containers.tasks[task].deployment else { return }
        containers.deployments[deployment].failedTasks += 1
        let failures = containers.deployments[deployment].failedTasks
        let service = containers.deployments[deployment].service
        guard containers.services[service].settings.circuitBreaker.isEnabled,
            !containers.deployments[deployment].isBreakerDue,
            failures >= breakerThreshold(of: service), isInProgress(deployment, of: service)
        else { return }
        containers.deployments[deployment].isBreakerDue = true
        let wait = chance.draw(
            timing.breakerNotice, for: .breakerNotice, of: UInt64(deployment.rawValue),
            nth: UInt64(failures))
        schedule(.breakerTrips(deployment), after: wait)
    }

    /// The breaker acts, unless a task has become healthy in the meantime. Section 18.8b.
    mutating func tripBreaker(of id: DeploymentID) {
        guard containers.deployments.contains(id) else { return }
        containers.deployments[id].isBreakerDue = false
        let service = containers.deployments[id].service
        guard containers.services.contains(service), isInProgress(id, of: service),
            containers.services[service].settings.circuitBreaker.isEnabled,
            containers.deployments[id].failedTasks >= breakerThreshold(of: service)
        else { return }
        fail(id, because: .circuitBreaker)
        note(.failed(id), for: service)
        let rollsBack = containers.services[service].settings.circuitBreaker.rollsBack
        let good = rollsBack ? rollbackTarget(of: id) : nil
        if let good { rollBack(id, to: good) }
        record(.containers(.deploymentEnded(id)))
    }

    private func isInProgress(_ id: DeploymentID, of service: ServiceID) -> Bool {
        containers.services[service].status == .active
            && containers.services[service].deployments.first == id
            && containers.deployments[id].rolloutState == .inProgress
    }

    /// Whether the newest deployment has failed and nothing takes it back: no task of it is
    /// started any more. Source: ecs.md section 18.6.
    func hasFailed(_ id: ServiceID) -> Bool {
        guard let primary = containers.services[id].deployments.first,
            containers.services[id].status == .active
        else { return false }
        return containers.deployments[primary].rolloutState == .failed
    }
}

// MARK: - Failing, and going back

extension Cloud {
    /// StopServiceDeployment, for a deployment in progress. What cannot be gone back from stays
    /// where it is, like a deployment whose breaker does not roll back; that is assumed.
    mutating func stopDeployment(_ id: DeploymentID, rollingBackTo good: DeploymentID?) {
        fail(id, because: .stopped)
        if let good { rollBack(id, to: good) }
        record(.containers(.deploymentEnded(id)))
    }

    private mutating func fail(_ id: DeploymentID, because failure: Containers.Deployment.Failure) {
        let service = containers.deployments[id].service
        containers.deployments[id].rolloutState = .failed
        containers.deployments[id].failure = failure
        containers.deployments[id].stoppedAt = now
        containers.deployments[id].updatedAt = now
        containers.deployments[id].thresholdAtEnd = breakerThreshold(of: service)
        containers.services[service].isSteady = false
    }

    /// The last deployment that completed; none for one that is itself a way back.
    /// Source: ecs.md section 18.7; that a rollback is not rolled back is assumed.
    func rollbackTarget(of id: DeploymentID) -> DeploymentID? {
        guard containers.deployments[id].undoes == nil else { return nil }
        return containers.services[containers.deployments[id].service].lastCompleted
    }

    /// Takes a failed deployment back by an ordinary one of the revision that completed last.
    ///
    /// It has a number of its own, and takes over the tasks of that revision that still run, and
    /// the digests that its tags meant then. Source: ecs.md sections 2.6, 17.5 and 18.8.
    private mutating func rollBack(_ failed: DeploymentID, to good: DeploymentID) {
        let id = containers.deployments[failed].service
        let target = containers.deployments[good].settings
        containers.services[id].settings.definition = target.definition
        containers.services[id].settings.network = target.network
        containers.services[id].settings.loadBalancers = target.loadBalancers
        containers.services[id].settings.platformVersion = target.platformVersion
        note(.rollingBack(good), for: id)
        let revision = containers.revision(of: good)
        begin(
            Containers.Deployment(
                id, containers.services[id].settings, at: now,
                digests: containers.deployments[good].digests, restores: revision, undoes: failed),
            of: id)
        let rollback = containers.services[id].deployments[0]
        for task in containers.services[id].tasks where containers.tasks[task].isWanted {
            guard let own = containers.tasks[task].deployment,
                containers.revision(of: own) == revision
            else { continue }
            containers.tasks[task].startedBy = containers.tasks[task].startedBy ?? name(of: own)
            containers.tasks[task].deployment = rollback
        }
        let others = containers.services[id].deployments.filter {
            $0 == rollback || containers.revision(of: $0) != revision
        }
        containers.services[id].deployments = others
    }
}
