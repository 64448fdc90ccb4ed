import Simulation

extension Chance.Purpose {
    static let firstAction = Chance.Purpose("firstAction")
    static let tick = Chance.Purpose("tick")
    static let runningNotice = Chance.Purpose("runningNotice")
}

// MARK: - When the scheduler looks

extension Cloud {
    /// An API call asked for something: the scheduler acts after a while, and its later looks count
    /// from there. Source: ecs.md section 13.8 and 13.9.
    mutating func askScheduler(of id: ServiceID) {
        let nth = UInt64(containers.services[id].turn)
        let wait = chance.draw(
            timing.firstAction, for: .firstAction, of: UInt64(id.rawValue), nth: nth)
        scheduleLook(at: id, now + wait)
    }

    private mutating func scheduleLook(at id: ServiceID, _ instant: Instant) {
        containers.services[id].turn += 1
        containers.services[id].looksAt = instant
        timeline.schedule(
            .containers(.schedulerLooks(id, turn: containers.services[id].turn)), at: instant)
    }

    /// Something happened to a task: a scheduler at rest looks again, on the grid of its looks.
    mutating func wakeScheduler(of task: TaskID) {
        guard let id = containers.tasks[task].service else { return }
        wakeScheduler(ofService: id)
    }

    mutating func wakeScheduler(ofTaskBehind target: TargetID) {
        let address = balancing.targets[target].address
        let vpc = balancing.targetGroups[balancing.targets[target].group].vpc
        guard let interface = network.interface(at: address, in: vpc),
            network.interfaces[interface].kind == .task,
            let owner = network.interfaces[interface].owner
        else { return }
        wakeScheduler(of: TaskID(rawValue: owner))
    }

    mutating func wakeScheduler(ofService id: ServiceID) {
        guard containers.services[id].looksAt == nil, containers.services[id].status != .inactive
        else { return }
        let period = timing.tick.typical
        let since = now - (containers.services[id].lookedAt ?? containers.services[id].createdAt)
        let passed = since.nanoseconds / period.nanoseconds
        scheduleLook(at: id, now - since + period * Int(passed + 1))
    }
}

// MARK: - What it does when it looks

extension Cloud {
    /// One look of the scheduler at a service: it marks who is healthy, starts and stops tasks,
    /// registers and deregisters targets, and says what it did. Source: ecs.md section 13.4.
    mutating func look(at id: ServiceID) {
        containers.services[id].looksAt = nil
        containers.services[id].lookedAt = now
        let survey = survey(id)

        markHealth(survey, in: id)
        reportUnhealthy(survey, in: id)
        let rollout = carryOutPlan(of: id)
        registerTargets(survey, of: id)
        if !survey.leaving.isEmpty { deregisterTargets(of: survey.leaving, in: id) }
        conclude(id, rollout)

        guard containers.services[id].looksAt == nil, hasWork(id) else { return }
        let nth = UInt64(containers.services[id].turn)
        let wait = chance.draw(timing.tick, for: .tick, of: UInt64(id.rawValue), nth: nth)
        scheduleLook(at: id, now + wait)
    }

    /// What there is to notice of a service's tasks, each in the order of creation.
    private struct Survey {
        /// Told to stop, and still among the targets.
        var leaving: [TaskID] = []
        /// They count as healthy from now on, or no longer.
        var changes: [(task: TaskID, counts: Bool)] = []
        /// Found unhealthy, which nobody has said yet.
        var unhealthy: [(task: TaskID, target: TargetID)] = []
        /// Running, and not yet among the targets.
        var unregistered: [TaskID] = []
    }

    /// Looks once at every task; mostly there is nothing to notice.
    private func survey(_ id: ServiceID) -> Survey {
        var survey = Survey()
        for task in containers.services[id].tasks {
            if isLeavingItsTargets(task) { survey.leaving.append(task) }
            let counts = countsAsHealthy(task)
            if counts != (containers.tasks[task].healthySince != nil) {
                survey.changes.append((task, counts))
            }
            if !containers.tasks[task].isReportedUnhealthy,
                let target = unhealthyTarget(of: task)
            {
                survey.unhealthy.append((task, target))
            }
            if needsRegistration(task) { survey.unregistered.append(task) }
        }
        return survey
    }

    func isLeavingItsTargets(_ task: TaskID) -> Bool {
        !containers.tasks[task].isWanted && containers.tasks[task].deregisteredAt == nil
            && !containers.tasks[task].targets.isEmpty
    }

    /// Whether there will be something to do or to notice that no fact announces.
    private func hasWork(_ id: ServiceID) -> Bool {
        guard containers.services[id].status != .inactive else { return false }
        if !containers.services[id].isSteady {
            return containers.services[id].startsAgainAt == nil
                || containers.services[id].tasks.contains { isMoving($0) }
        }
        return containers.services[id].tasks.contains {
            isLeavingItsTargets($0) || needsRegistration($0)
        }
    }

    /// Whether a task is on its way somewhere, so that the next look will find something new.
    private func isMoving(_ task: TaskID) -> Bool {
        !containers.tasks[task].isWanted || containers.tasks[task].status != .running
            || containers.tasks[task].healthySince == nil
    }

    private func needsRegistration(_ task: TaskID) -> Bool {
        guard containers.tasks[task].isWanted, containers.tasks[task].status == .running,
            containers.tasks[task].registeredAt == nil,
            let deployment = containers.tasks[task].deployment
        else { return false }
        return !containers.deployments[deployment].settings.loadBalancers.isEmpty
    }

    // MARK: health

    private mutating func markHealth(_ survey: Survey, in id: ServiceID) {
        for (task, counts) in survey.changes {
            containers.tasks[task].healthySince = counts ? now : nil
            guard counts else { continue }
            record(.containers(.taskHealthy(task)))
            containers.services[id].startFailures = 0
            containers.services[id].startsAgainAt = nil
            if let deployment = containers.tasks[task].deployment {
                containers.deployments[deployment].failedTasks = 0
            }
        }
    }

    /// Whether a task counts towards the minimum of healthy tasks and towards completion.
    /// Source: ecs.md section 14.
    private func countsAsHealthy(_ task: TaskID) -> Bool {
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
        if containers.tasks[task].healthySince != nil { return true }
        let minimum = isBalanced ? timing.minimumRunningWithLoadBalancer : timing.minimumRunning
        guard minimum > .zero else { return true }
        let notice = chance.draw(
            timing.runningNotice, for: .runningNotice, of: UInt64(task.rawValue))
        return now >= startedAt + minimum + notice
    }

    /// `nil` of a target that is gone.
    private func state(of target: TargetID) -> Balancing.TargetState? {
        balancing.targets.contains(target) ? balancing.targets[target].state : nil
    }

    /// Says of each task once that a target of it is unhealthy.
    private mutating func reportUnhealthy(_ survey: Survey, in id: ServiceID) {
        for (task, target) in survey.unhealthy {
            containers.tasks[task].isReportedUnhealthy = true
            let found = balancing.targets[target]
            let reason = Self.reason(found.failedCheck)
            note(
                .unhealthyTarget(task, port: found.port, found.group, reason: reason), for: id)
            if let deployment = containers.tasks[task].deployment {
                containers.deployments[deployment].failedTasks += 1
            }
        }
    }

    /// The first unhealthy target of a task that is past its grace period: what makes it sick.
    private func unhealthyTarget(of task: TaskID) -> TargetID? {
        guard containers.tasks[task].isWanted, containers.tasks[task].status == .running,
            let startedAt = containers.tasks[task].startedAt,
            let deployment = containers.tasks[task].deployment
        else { return nil }
        let grace = containers.deployments[deployment].settings.gracePeriod ?? .zero
        guard now >= startedAt + grace else { return nil }
        return containers.tasks[task].targets.first { state(of: $0) == .unhealthy }
    }

    /// Source: elbv2.md section 6, description texts.
    static func reason(_ failure: Balancing.CheckOutcome.Result?) -> String {
        switch failure {
        case .mismatch(let status)?: "Health checks failed with these codes: [\(status)]"
        case .timedOut?: "Request timed out"
        case .refused?, .passed?, nil: "Health checks failed"
        }
    }

    // MARK: starting and stopping

    /// Counts the service's tasks.
    func rollout(of id: ServiceID) -> Containers.Rollout {
        var rollout = Containers.Rollout(
            desired: containers.services[id].desiredCount,
            minimumPercent: containers.services[id].settings.minimumHealthyPercent,
            maximumPercent: containers.services[id].settings.maximumPercent)
        guard let primary = containers.services[id].deployments.first else { return rollout }
        rollout.isDeploying = containers.deployments[primary].rolloutState == .inProgress
        for task in containers.services[id].tasks { count(task, of: primary, in: &rollout) }
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
        } else if unhealthyTarget(of: task) != nil {
            count.sick += 1
        }
    }

    /// - Returns: The count of the service's tasks, if it holds still.
    private mutating func carryOutPlan(of id: ServiceID) -> Containers.Rollout? {
        guard let primary = containers.services[id].deployments.first else { return nil }
        let rollout = rollout(of: id)
        let steps = Containers.plan(rollout)
        for step in steps {
            switch step {
            case .start(let count, let replaced):
                startTasks(count, of: primary, in: id, replacing: replaced)
            case .stopSick(let count): stopSickTasks(count, in: id)
            case .stopOld(let unhealthy, let healthy):
                stopOldTasks(unhealthy: unhealthy, healthy: healthy, in: id)
            case .stopNew(let count): scaleIn(count, in: id)
            }
        }
        containers.deployments[primary].desiredCount = rollout.desired
        for deployment in containers.services[id].deployments.dropFirst() {
            containers.deployments[deployment].desiredCount = wantedTasks(of: deployment, in: id)
        }
        sayIfItCannotMove(id, rollout, steps)
        return steps.isEmpty ? rollout : nil
    }

    private func wantedTasks(of deployment: DeploymentID, in id: ServiceID) -> Int {
        containers.services[id].tasks.count {
            containers.tasks[$0].deployment == deployment && containers.tasks[$0].isWanted
        }
    }

    private mutating func sayIfItCannotMove(
        _ id: ServiceID, _ rollout: Containers.Rollout, _ steps: [Containers.Step]
    ) {
        let isDeadlocked =
            steps.isEmpty && rollout.new.wanted < rollout.desired
            && rollout.old.healthy == rollout.old.wanted
            && rollout.holding == rollout.new.wanted + rollout.old.wanted
            && rollout.new.healthy == rollout.new.wanted
        guard isDeadlocked, !containers.services[id].saidItCannotMove else { return }
        containers.services[id].saidItCannotMove = true
        note(.cannotMove, for: id)
    }

    private mutating func stopOldTasks(unhealthy: Int, healthy: Int, in id: ServiceID) {
        let primary = containers.services[id].deployments.first
        let old = containers.services[id].tasks.filter {
            containers.tasks[$0].isWanted && containers.tasks[$0].deployment != primary
        }
        let sick = old.filter { containers.tasks[$0].healthySince == nil }.prefix(unhealthy)
        let well = choose(healthy, of: old.filter { containers.tasks[$0].healthySince != nil })
        stopTasks(Array(sick) + well, in: id)
    }

    /// The oldest first, where AWS takes any. Source: ecs.md section 13.7.
    private mutating func stopSickTasks(_ count: Int, in id: ServiceID) {
        let primary = containers.services[id].deployments.first
        let sick = containers.services[id].tasks.filter {
            containers.tasks[$0].deployment == primary
                && unhealthyTarget(of: $0) != nil
        }.prefix(count)
        note(.stoppedRunning(Array(sick)), for: id)
        for task in sick {
            let group = balancing.targets[unhealthyTarget(of: task)!].group
            stop(
                task,
                because: .init(code: .serviceSchedulerInitiated, reason: .failedTargetChecks(group))
            )
        }
    }

    private mutating func scaleIn(_ count: Int, in id: ServiceID) {
        let wanted = containers.services[id].tasks.filter { containers.tasks[$0].isWanted }
        let sick = wanted.filter { containers.tasks[$0].healthySince == nil }.suffix(count)
        let well = choose(
            count - sick.count, of: wanted.filter { containers.tasks[$0].healthySince != nil })
        stopTasks(Array(sick) + well, in: id)
    }

    /// Which tasks go: from the zone that has most of them, the oldest first.
    /// Source: ecs.md section 13.10; the order within a zone is assumed.
    private func choose(_ count: Int, of tasks: [TaskID]) -> [TaskID] {
        guard count > 0 else { return [] }
        if count >= tasks.count { return tasks }
        var left = tasks.sorted {
            (containers.tasks[$0].startedAt ?? now, $0) < (
                containers.tasks[$1].startedAt ?? now, $1
            )
        }
        var perZone: [String: Int] = [:]
        func zone(_ task: TaskID) -> String { network.subnets[containers.tasks[task].subnet].zone }
        for task in left { perZone[zone(task), default: 0] += 1 }
        var chosen: [TaskID] = []
        while chosen.count < count {
            let most = left.map { perZone[zone($0)]! }.max()!
            let index = left.firstIndex { perZone[zone($0)] == most }!
            let task = left.remove(at: index)
            perZone[zone(task)]! -= 1
            chosen.append(task)
        }
        return chosen
    }

    private mutating func stopTasks(_ tasks: [TaskID], in id: ServiceID) {
        var running: [TaskID] = []
        var pending = 0
        for task in tasks {
            if containers.tasks[task].status == .running {
                running.append(task)
            } else {
                pending += 1
            }
        }
        if pending > 0 { note(.stoppedPending(pending), for: id) }
        if !running.isEmpty { note(.stoppedRunning(running), for: id) }
        for task in tasks {
            let deployment = containers.tasks[task].deployment!
            stop(
                task,
                because: .init(code: .serviceSchedulerInitiated, reason: .scaling(deployment)))
        }
    }

    // MARK: targets

    private mutating func registerTargets(_ survey: Survey, of id: ServiceID) {
        var counts: [(group: TargetGroupID, count: Int)] = []
        for task in survey.unregistered {
            // The plan may have stopped it meanwhile.
            guard containers.tasks[task].isWanted, let address = containers.tasks[task].address,
                let deployment = containers.tasks[task].deployment
            else { continue }
            let zone = network.subnets[containers.tasks[task].subnet].zone
            for balancer in containers.deployments[deployment].settings.loadBalancers
            where balancing.targetGroups.contains(balancer.group) {
                let target = register(
                    address, port: balancer.port, zone: zone, in: balancer.group)
                containers.tasks[task].targets.append(target)
                if let index = counts.firstIndex(where: { $0.group == balancer.group }) {
                    counts[index].count += 1
                } else {
                    counts.append((balancer.group, 1))
                }
            }
            containers.tasks[task].registeredAt = now
            record(.containers(.taskRegistered(task)))
        }
        for (group, count) in counts { note(.registered(count, group), for: id) }
    }

    // MARK: the end of a deployment

    private mutating func conclude(_ id: ServiceID, _ known: Containers.Rollout?) {
        guard let primary = containers.services[id].deployments.first else { return }
        let rollout = known ?? rollout(of: id)
        let isWhole =
            rollout.new.healthy == rollout.desired && rollout.new.wanted == rollout.desired
        if containers.services[id].status == .draining { return endIfDrained(id) }
        guard isWhole, rollout.oldHolding == 0 else {
            containers.services[id].isSteady = false
            return
        }
        if containers.deployments[primary].rolloutState == .inProgress {
            complete(primary, of: id)
        }
        guard !containers.services[id].isSteady else { return }
        containers.services[id].isSteady = true
        note(.steady, for: id)
        record(.containers(.serviceSteady(id)))
    }

    private mutating func complete(_ primary: DeploymentID, of id: ServiceID) {
        containers.deployments[primary].rolloutState = .completed
        containers.deployments[primary].completedAt = now
        containers.deployments[primary].updatedAt = now
        for old in containers.services[id].deployments.dropFirst() {
            containers.deployments[old].status = .inactive
        }
        containers.services[id].deployments = [primary]
        note(.completed(primary), for: id)
        record(.containers(.deploymentEnded(primary)))
    }
}
