/// Carrying out what the plan of a rollout says.
extension Cloud {
    /// - Returns: The count of the service's tasks, if they stay as they are.
    mutating func carryOutPlan(of id: ServiceID) -> Containers.Rollout? {
        guard let primary = containers.services[id].deployments.first else { return nil }
        let rollout = rollout(of: id)
        let steps = Containers.plan(rollout)
        for step in steps {
            switch step {
            case .startOld(let count, let replaced):
                let last = containers.services[id].lastCompleted!
                startTasks(count, of: last, in: id, replacing: replaced)
            case .start(let count, let replaced):
                startTasks(count, of: primary, in: id, replacing: replaced)
            case .stopSick, .stopOld, .stopNew: break
            }
        }
        if rollout.new.sick + rollout.old.sick > 0 { reportFailedChecks(in: id) }
        for step in steps {
            switch step {
            case .stopSick(let count): stopSickTasks(count, in: id)
            case .stopOld(let unhealthy, let healthy):
                stopOldTasks(unhealthy: unhealthy, healthy: healthy, in: id)
            case .stopNew(let count): scaleIn(count, in: id)
            case .startOld, .start: break
            }
        }
        setDesiredCounts(of: id, primary)
        sayIfItCannotMove(id, rollout, steps)
        sayIfItIsHeldUp(id, rollout)
        return steps.isEmpty ? rollout : nil
    }

    /// What each deployment is after, as DescribeServices shows it. Source: ecs.md section 17.5.
    private mutating func setDesiredCounts(of id: ServiceID, _ primary: DeploymentID) {
        containers.deployments[primary].desiredCount = containers.services[id].desiredCount
        for deployment in containers.services[id].deployments.dropFirst() {
            containers.deployments[deployment].desiredCount =
                containers.deployments[deployment].rolloutState == .failed
                ? 0
                : wantedTasks(of: deployment, in: id)
        }
    }

    private func wantedTasks(of deployment: DeploymentID, in id: ServiceID) -> Int {
        containers.services[id].tasks.count {
            containers.tasks[$0].deployment == deployment && containers.tasks[$0].isWanted
        }
    }

    /// Says once that nothing but protection keeps tasks from going. Source: ecs.md section 32.4.
    private mutating func sayIfItIsHeldUp(_ id: ServiceID, _ rollout: Containers.Rollout) {
        let (old, new) = (rollout.old, rollout.new)
        let heldOld = old.heldHealthy + old.heldOthers
        let heldNew = new.heldHealthy + new.heldOthers
        guard heldOld + heldNew > 0, !containers.services[id].saidItIsHeldUp,
            let primary = containers.services[id].deployments.first
        else { return }
        if heldOld > 0, heldOld == old.wanted, new.healthy >= rollout.desired {
            let held = containers.services[id].tasks.first {
                containers.tasks[$0].isWanted && containers.tasks[$0].deployment != primary
            }
            note(.heldUp(heldOld, held.flatMap { containers.tasks[$0].deployment }!), for: id)
        } else if heldNew > 0, heldNew == new.wanted, heldNew > rollout.desired {
            note(.heldUp(heldNew, primary), for: id)
        } else {
            return
        }
        containers.services[id].saidItIsHeldUp = true
    }

    mutating func sayIfItCannotMove(
        _ id: ServiceID, _ rollout: Containers.Rollout, _ steps: [Containers.Step]
    ) {
        let isDeadlocked =
            !rollout.hasFailed && steps.isEmpty && rollout.new.wanted < rollout.desired
            && rollout.old.healthy == rollout.old.wanted
            && rollout.holding == rollout.new.wanted + rollout.old.wanted
            && rollout.new.healthy == rollout.new.wanted
        guard isDeadlocked, !containers.services[id].saidItCannotMove else { return }
        containers.services[id].saidItCannotMove = true
        note(.cannotMove, for: id)
    }

    private mutating func stopOldTasks(unhealthy: Int, healthy: Int, in id: ServiceID) {
        let primary = containers.services[id].deployments.first
        let last = containers.services[id].lastCompleted
        let old = free(in: id).filter { containers.tasks[$0].deployment != primary }
        let unready = old.filter { containers.tasks[$0].healthySince == nil }
        // The minimum may need those that the version before has started again.
        let arriving = unready.filter {
            containers.tasks[$0].deployment == last && !isSick($0)
        }
        let others = unready.filter { !arriving.contains($0) }
        let well = choose(healthy, of: old.filter { containers.tasks[$0].healthySince != nil })
        stopTasks(Array((others + arriving).prefix(unhealthy)) + well, in: id)
    }

    /// The wanted tasks that no protection keeps from being stopped.
    private func free(in id: ServiceID) -> [TaskID] {
        let wanted = containers.services[id].tasks.filter { containers.tasks[$0].isWanted }
        return containers.protectedUntil.isEmpty ? wanted : wanted.filter { !isProtected($0) }
    }

    /// The oldest first, where AWS takes any. Source: ecs.md section 13.7.
    private mutating func stopSickTasks(_ count: Int, in id: ServiceID) {
        let primary = containers.services[id].deployments.first
        let sick = containers.services[id].tasks.filter {
            containers.tasks[$0].deployment == primary && isSick($0)
        }.prefix(count)
        note(.stoppedRunning(Array(sick)), for: id)
        for task in sick {
            var reason = Containers.StopCause.Reason.failedContainerChecks
            if let target = unhealthyTarget(of: task) {
                reason = .failedTargetChecks(balancing.targets[target].group)
            }
            stop(task, because: .init(code: .serviceSchedulerInitiated, reason: reason))
        }
    }

    private mutating func scaleIn(_ count: Int, in id: ServiceID) {
        let primary = containers.services[id].deployments.first
        let wanted = free(in: id).filter {
            containers.tasks[$0].deployment == primary && !isSick($0)
        }
        let unready =
            containers.services[id].isRebalancing
            ? [] : wanted.filter { containers.tasks[$0].healthySince == nil }.suffix(count)
        let well = choose(
            count - unready.count, of: wanted.filter { containers.tasks[$0].healthySince != nil })
        stopTasks(Array(unready) + well, in: id)
    }

    /// Which tasks go: from the zone that has most of them, the oldest first.
    /// Source: ecs.md section 13.10; the order within a zone is assumed.
    func choose(_ count: Int, of tasks: [TaskID]) -> [TaskID] {
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

    mutating func stopTasks(_ tasks: [TaskID], in id: ServiceID) {
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

}
