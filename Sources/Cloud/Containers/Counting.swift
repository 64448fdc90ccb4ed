import Simulation

extension Chance.Purpose {
    static let runningNotice = Chance.Purpose("runningNotice")
}

// MARK: - Who is healthy, who is sick, and how many there are

extension Cloud {
    mutating func markHealth(in id: ServiceID) {
        for task in containers.services[id].tasks {
            let counts = countsAsHealthy(containers.tasks[task], task)
            let counted = containers.tasks[task].healthySince != nil
            guard counts != counted else { continue }
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
    func countsAsHealthy(_ task: Containers.Task, _ id: TaskID) -> Bool {
        guard task.isWanted, task.status == .running, let startedAt = task.startedAt,
            let deployment = task.deployment, task.exitedAt == nil
        else { return false }
        let isBalanced = !containers.deployments[deployment].settings.loadBalancers.isEmpty
        if isBalanced {
            guard task.registeredAt != nil,
                task.targets.allSatisfy({ state(of: $0) == .healthy })
            else { return false }
        }
        if containers.taskDefinitions[task.definition].isChecked { return task.health == .healthy }
        if task.healthySince != nil { return true }
        let minimum = isBalanced ? timing.minimumRunningWithLoadBalancer : timing.minimumRunning
        guard minimum > .zero else { return true }
        let notice = chance.draw(
            timing.runningNotice, for: .runningNotice, of: UInt64(id.rawValue))
        return now >= startedAt + minimum + notice
    }

    /// `nil` of a target that is gone.
    func state(of target: TargetID) -> Balancing.TargetState? {
        balancing.targets.contains(target) ? balancing.targets[target].state : nil
    }

    /// Past its grace period, and failing the checks of a load balancer or its own.
    func isSick(_ task: Containers.Task) -> Bool {
        task.health == .unhealthy && hasFailedItsChecks(task) || unhealthyTarget(of: task) != nil
    }

    /// Whether an essential container of a task past its grace period fails its health check.
    func hasFailedItsChecks(_ task: Containers.Task) -> Bool {
        guard task.isWanted, task.health == .unhealthy, let startedAt = task.startedAt,
            let service = task.service
        else { return false }
        return now >= startedAt + (containers.services[service].settings.gracePeriod ?? .zero)
    }

    /// Says of each task once that a target of it is unhealthy.
    mutating func reportUnhealthy(in id: ServiceID) {
        for task in containers.services[id].tasks {
            guard let target = unhealthyTarget(of: containers.tasks[task]),
                !containers.tasks[task].isReportedUnhealthy
            else { continue }
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
        where hasFailedItsChecks(containers.tasks[task])
            && !containers.tasks[task].isReportedUnhealthy
        {
            containers.tasks[task].isReportedUnhealthy = true
            note(.failedContainerChecks(task), for: id)
            noteFailure(of: task)
        }
    }

    /// The first unhealthy target of a task that is past its grace period: what makes it sick.
    func unhealthyTarget(of task: Containers.Task) -> TargetID? {
        guard task.isWanted, task.status == .running, let startedAt = task.startedAt,
            let service = task.service
        else { return nil }
        let grace = containers.services[service].settings.gracePeriod ?? .zero
        guard now >= startedAt + grace else { return nil }
        return task.targets.first { state(of: $0) == .unhealthy }
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
    func rollout(of id: ServiceID) -> Containers.Rollout { rollout(of: containers.services[id]) }

    func rollout(of service: Containers.Service) -> Containers.Rollout {
        var rollout = Containers.Rollout(
            desired: service.desiredCount, minimumPercent: service.settings.minimumHealthyPercent,
            maximumPercent: service.settings.maximumPercent)
        guard let primary = service.deployments.first else { return rollout }
        let state = containers.deployments[primary].rolloutState
        rollout.isDeploying = state == .inProgress
        rollout.hasFailed = state == .failed && service.status == .active
        for task in service.tasks { count(containers.tasks[task], of: primary, in: &rollout) }
        countOfLastCompleted(service, primary, in: &rollout)
        if !containers.protectedUntil.isEmpty { countHeld(service, primary, in: &rollout) }
        return rollout
    }

    private func count(
        _ task: Containers.Task, of primary: DeploymentID, in rollout: inout Containers.Rollout
    ) {
        if task.holdsPlace { rollout.holding += 1 }
        guard task.isWanted else { return }
        if task.deployment == primary {
            count(task, in: &rollout.new)
        } else {
            count(task, in: &rollout.old)
        }
    }

    private func count(_ task: Containers.Task, in count: inout Containers.Rollout.Count) {
        count.wanted += 1
        if task.healthySince != nil {
            count.healthy += 1
        } else if isSick(task) {
            count.sick += 1
        }
    }

    /// What the version before has, while a newer one is deployed.
    private func countOfLastCompleted(
        _ service: Containers.Service, _ primary: DeploymentID, in rollout: inout Containers.Rollout
    ) {
        guard let last = service.lastCompleted, last != primary, service.status == .active,
            service.deployments.contains(last)
        else { return }
        var well = 0
        for task in service.tasks {
            guard containers.tasks[task].deployment == last, containers.tasks[task].isWanted,
                containers.tasks[task].healthySince != nil || !isSick(containers.tasks[task])
            else { continue }
            well += 1
            if containers.tasks[task].healthySince == nil { rollout.arriving += 1 }
        }
        rollout.replaceable = max(0, service.countOfLastCompleted - well)
    }

    /// The tasks under protection.
    private func countHeld(
        _ service: Containers.Service, _ primary: DeploymentID, in rollout: inout Containers.Rollout
    ) {
        for task in service.tasks where containers.tasks[task].isWanted && isProtected(task) {
            let isHealthy = containers.tasks[task].healthySince != nil
            let isNew = containers.tasks[task].deployment == primary
            switch (isNew, isHealthy) {
            case (true, true): rollout.new.heldHealthy += 1
            case (true, false): rollout.new.heldOthers += 1
            case (false, true): rollout.old.heldHealthy += 1
            case (false, false): rollout.old.heldOthers += 1
            }
        }
    }

    func isProtected(_ id: TaskID) -> Bool {
        containers.protectedUntil[id].map { $0 > now } ?? false
    }
}
