import Simulation

extension Chance.Purpose {
    static let firstAction = Chance.Purpose("firstAction")
    static let tick = Chance.Purpose("tick")
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
        if let primary = containers.services[id].deployments.first,
            containers.deployments[primary].startedAt == nil
        {
            containers.deployments[primary].startedAt = now
        }
        let survey = survey(id)

        markHealth(survey, in: id)
        reportUnhealthy(survey, in: id)
        let rollout = carryOutPlan(of: id)
        registerTargets(of: survey.unregistered, in: id)
        if !survey.leaving.isEmpty { deregisterTargets(of: survey.leaving, in: id) }
        conclude(id, rollout)

        guard containers.services[id].looksAt == nil, hasWork(id) else { return }
        let nth = UInt64(containers.services[id].turn)
        let wait = chance.draw(timing.tick, for: .tick, of: UInt64(id.rawValue), nth: nth)
        scheduleLook(at: id, now + wait)
    }

    /// Whether there will be something to do or to notice that no fact announces.
    private func hasWork(_ id: ServiceID) -> Bool {
        guard containers.services[id].status != .inactive else { return false }
        if !containers.services[id].isSteady {
            // Of a failed deployment nothing more is started: only what moves is worth a look.
            if hasFailed(id) { return containers.services[id].tasks.contains { isMoving($0) } }
            return containers.services[id].startsAgainAt == nil
                || containers.services[id].tasks.contains { isMoving($0) }
        }
        return containers.services[id].tasks.contains {
            isLeavingItsTargets($0) || needsRegistration($0)
        }
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
        rebalance(id)
    }
}
