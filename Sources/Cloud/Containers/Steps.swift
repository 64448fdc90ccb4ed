/// Carrying out what the plan of a rollout says.
extension Cloud {
    mutating func carryOutPlan(of id: ServiceID) {
        guard let primary = containers.services[id].deployments.first else { return }
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
        containers.deployments[primary].desiredCount = containers.services[id].desiredCount
        for deployment in containers.services[id].deployments.dropFirst() {
            containers.deployments[deployment].desiredCount = containers.services[id].tasks.count {
                containers.tasks[$0].deployment == deployment && containers.tasks[$0].isWanted
            }
        }
        sayIfItCannotMove(id, rollout, steps)
    }

    mutating func sayIfItCannotMove(
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

    mutating func stopOldTasks(unhealthy: Int, healthy: Int, in id: ServiceID) {
        let primary = containers.services[id].deployments.first
        let old = containers.services[id].tasks.filter {
            containers.tasks[$0].isWanted && containers.tasks[$0].deployment != primary
        }
        let sick = old.filter { containers.tasks[$0].healthySince == nil }.prefix(unhealthy)
        let well = choose(healthy, of: old.filter { containers.tasks[$0].healthySince != nil })
        stopTasks(Array(sick) + well, in: id)
    }

    /// The oldest first, where AWS takes any. Source: ecs.md section 13.7.
    mutating func stopSickTasks(_ count: Int, in id: ServiceID) {
        let primary = containers.services[id].deployments.first
        let sick = containers.services[id].tasks.filter {
            containers.tasks[$0].deployment == primary
                && unhealthyTarget(of: containers.tasks[$0]) != nil
        }.prefix(count)
        note(.stoppedRunning(Array(sick)), for: id)
        for task in sick {
            let group = balancing.targets[unhealthyTarget(of: containers.tasks[task])!].group
            stop(
                task,
                because: .init(code: .serviceSchedulerInitiated, reason: .failedTargetChecks(group))
            )
        }
    }

    mutating func scaleIn(_ count: Int, in id: ServiceID) {
        let wanted = containers.services[id].tasks.filter { containers.tasks[$0].isWanted }
        let sick = wanted.filter { containers.tasks[$0].healthySince == nil }.suffix(count)
        let well = choose(
            count - sick.count, of: wanted.filter { containers.tasks[$0].healthySince != nil })
        stopTasks(Array(sick) + well, in: id)
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
