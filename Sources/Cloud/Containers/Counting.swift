import Simulation

extension Chance.Purpose {
    static let runningNotice = Chance.Purpose("runningNotice")
}

// MARK: - Who is healthy, who is sick, and how many there are

extension Cloud {
    mutating func markHealth(_ survey: Containers.Survey, in id: ServiceID) {
        for (task, counts) in survey.changes {
            containers.tasks[task].healthySince = counts ? now : nil
            guard counts else { continue }
            record(.containers(.taskHealthy(task)))
            containers.tasks[task].isReportedUnhealthy = false
            containers.services[id].startFailures = 0
            containers.services[id].startsAgainAt = nil
            if let deployment = containers.tasks[task].deployment {
                containers.deployments[deployment].failedTasks = 0
            }
        }
    }

    /// Whether a task counts towards the minimum of healthy tasks and towards completion.
    /// Source: ecs.md section 14.
    func countsAsHealthy(_ task: TaskID) -> Bool {
        guard containers.tasks[task].isWanted, containers.tasks[task].status == .running,
            let startedAt = containers.tasks[task].startedAt,
            let deployment = containers.tasks[task].deployment,
            containers.tasks[task].exitedAt == nil
        else { return false }
        let isBalanced = !containers.deployments[deployment].settings.loadBalancers.isEmpty
        if isBalanced {
            guard containers.tasks[task].registeredAt != nil,
                containers.tasks[task].targets.allSatisfy({ state(of: $0) == .healthy })
            else { return false }
        }
        if containers.taskDefinitions[containers.tasks[task].definition].isChecked {
            return containers.tasks[task].health == .healthy
        }
        if containers.tasks[task].healthySince != nil { return true }
        let minimum = isBalanced ? timing.minimumRunningWithLoadBalancer : timing.minimumRunning
        guard minimum > .zero else { return true }
        let notice = chance.draw(
            timing.runningNotice, for: .runningNotice, of: UInt64(task.rawValue))
        return now >= startedAt + minimum + notice
    }

    /// `nil` of a target that is gone.
    func state(of target: TargetID) -> Balancing.TargetState? {
        balancing.targets.contains(target) ? balancing.targets[target].state : nil
    }

    /// Says of each task once that a target of it is unhealthy.
    mutating func reportUnhealthy(_ survey: Containers.Survey, in id: ServiceID) {
        for (task, target) in survey.unhealthy {
            containers.tasks[task].isReportedUnhealthy = true
            let found = balancing.targets[target]
            let reason = Self.reason(found.failedCheck)
            note(
                .unhealthyTarget(task, port: found.port, found.group, reason: reason), for: id)
            noteFailure(of: task)
        }
    }

    /// The same of a task whose own health checks have failed. It is said after the start of its
    /// replacement and before its stop; ecs.md section 16.8.
    mutating func reportFailedChecks(in id: ServiceID) {
        for task in containers.services[id].tasks
        where hasFailedItsChecks(task) && !containers.tasks[task].isReportedUnhealthy {
            containers.tasks[task].isReportedUnhealthy = true
            note(.failedContainerChecks(task), for: id)
            noteFailure(of: task)
        }
    }

    /// Whether failing checks, of a load balancer or its own, make a task one to replace.
    func isSick(_ task: TaskID) -> Bool {
        hasFailedItsChecks(task) || unhealthyTarget(of: task) != nil
    }

    /// Whether an essential container of a task past its grace period fails its health check.
    func hasFailedItsChecks(_ task: TaskID) -> Bool {
        containers.tasks[task].health == .unhealthy && isPastGrace(task)
    }

    /// The first unhealthy target of a task that is past its grace period.
    func unhealthyTarget(of task: TaskID) -> TargetID? {
        guard isPastGrace(task) else { return nil }
        return containers.tasks[task].targets.first { state(of: $0) == .unhealthy }
    }

    /// It runs, is to run, and failed checks count. The grace period is the service's as it is now:
    /// a change of it is no deployment. Source: ecs.md sections 12.10 and 12.20.
    private func isPastGrace(_ task: TaskID) -> Bool {
        guard containers.tasks[task].isWanted, containers.tasks[task].status == .running,
            let startedAt = containers.tasks[task].startedAt,
            let service = containers.tasks[task].service
        else { return false }
        return now >= startedAt + (containers.services[service].settings.gracePeriod ?? .zero)
    }

    /// Source: elbv2.md section 6, description texts.
    static func reason(_ failure: Balancing.CheckOutcome.Result?) -> String {
        switch failure {
        case .mismatch(let status)?: "Health checks failed with these codes: [\(status)]"
        case .timedOut?: "Request timed out"
        case .refused?, .passed?, nil: "Health checks failed"
        }
    }

    /// Counts the service's tasks.
    func rollout(of id: ServiceID) -> Containers.Rollout {
        var rollout = Containers.Rollout(
            desired: containers.services[id].desiredCount,
            minimumPercent: containers.services[id].settings.minimumHealthyPercent,
            maximumPercent: containers.services[id].settings.maximumPercent)
        guard let primary = containers.services[id].deployments.first else { return rollout }
        rollout.isDeploying = containers.deployments[primary].rolloutState == .inProgress
        rollout.hasFailed = hasFailed(id)
        rollout.isRebalancing = containers.services[id].isRebalancing
        for task in containers.services[id].tasks { count(task, of: primary, in: &rollout) }
        countLastCompleted(id, primary, in: &rollout)
        if !containers.protectedUntil.isEmpty { countHeld(id, primary, in: &rollout) }
        return rollout
    }

    private func count(
        _ task: TaskID, of primary: DeploymentID, in rollout: inout Containers.Rollout
    ) {
        let isNew = containers.tasks[task].deployment == primary
        if containers.tasks[task].status.holdsPlace {
            rollout.holding += 1
            if !isNew { rollout.oldHolding += 1 }
        }
        guard containers.tasks[task].isWanted else { return }
        if isNew {
            count(task, in: &rollout.new)
        } else {
            count(task, in: &rollout.old)
        }
    }

    private func count(_ task: TaskID, in count: inout Containers.Rollout.Count) {
        count.wanted += 1
        if containers.tasks[task].healthySince != nil {
            count.healthy += 1
        } else if isSick(task) {
            count.sick += 1
        }
    }

    /// What the version before has, while a newer one is deployed.
    private func countLastCompleted(
        _ id: ServiceID, _ primary: DeploymentID, in rollout: inout Containers.Rollout
    ) {
        guard let last = containers.services[id].lastCompleted, last != primary,
            containers.services[id].status == .active,
            containers.services[id].deployments.contains(last)
        else { return }
        var well = 0
        for task in containers.services[id].tasks
        where containers.tasks[task].deployment == last && containers.tasks[task].isWanted {
            if containers.tasks[task].healthySince != nil {
                well += 1
            } else if !isSick(task) {
                well += 1
                rollout.arriving += 1
            }
        }
        rollout.replaceable = max(0, containers.services[id].countOfLastCompleted - well)
    }

    /// The tasks under protection.
    private func countHeld(
        _ id: ServiceID, _ primary: DeploymentID, in rollout: inout Containers.Rollout
    ) {
        for task in containers.services[id].tasks
        where containers.tasks[task].isWanted && isProtected(task) {
            let isHealthy = containers.tasks[task].healthySince != nil
            switch (containers.tasks[task].deployment == primary, isHealthy) {
            case (true, true): rollout.new.heldHealthy += 1
            case (true, false): rollout.new.heldOthers += 1
            case (false, true): rollout.old.heldHealthy += 1
            case (false, false): rollout.old.heldOthers += 1
            }
        }
    }

    /// A service that is being deleted minds no protection; assumed.
    func isProtected(_ id: TaskID) -> Bool {
        guard let end = containers.protectedUntil[id], let service = containers.tasks[id].service
        else { return false }
        return end > now && containers.services[service].status == .active
    }
}
