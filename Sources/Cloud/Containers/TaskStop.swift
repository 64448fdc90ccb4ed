import Simulation

extension Chance.Purpose {
    static let drainNotice = Chance.Purpose("drainNotice")
    static let drainNoticeShare = Chance.Purpose("drainNoticeShare")
    static let exitNotice = Chance.Purpose("exitNotice")
    static let deregistersAtOnce = Chance.Purpose("deregistersAtOnce")
}

// MARK: - From RUNNING to STOPPED

extension Cloud {
    /// DEACTIVATING: the scheduler's next look takes the targets out of their groups; now and then
    /// that happens sooner. Without targets there is nothing to wait for.
    mutating func awaitDrain(of id: TaskID) {
        guard !containers.tasks[id].targets.isEmpty, containers.tasks[id].deregisteredAt == nil
        else { return enter(.stopping, id) }
        let waits =
            containers.tasks[id].stopCause?.code != .userInitiated || timing.stopTaskWaitsForDrain
        if !waits { schedule(.stageEnds(id, .deactivating), after: .zero) }
        if chance.happens(
            timing.deregistersAtOnce, for: .deregistersAtOnce, of: UInt64(id.rawValue))
        {
            let wait = chance.draw(
                timing.promptDeregistration, for: .deregistersAtOnce, of: UInt64(id.rawValue),
                nth: 1)
            schedule(.deregisters(id), after: wait)
        }
    }

    /// STOPPING: sends the containers their stop signals, those first on which no other depends.
    mutating func signal(_ id: TaskID) {
        containers.tasks[id].signalledAt = containers.tasks[id].signalledAt ?? now
        signalNext(id)
        let someRuns = containers.tasks[id].containers.contains { $0.status == .running }
        if !someRuns { scheduleExitNotice(of: id) }
    }

    /// Containers stop in the reverse of the order in which they started; ecs.md section 10.5.
    private mutating func signalNext(_ id: TaskID) {
        for index in containers.tasks[id].containers.indices
        where containers.tasks[id].containers[index].status == .running
            && !containers.tasks[id].containers[index].isSignalled
            && !someRunningOneDepends(on: index, of: id)
        {
            signal(id, container: index)
        }
    }

    private func someRunningOneDepends(on index: Int, of id: TaskID) -> Bool {
        let definition = containers.tasks[id].definition
        guard containers.taskDefinitions[definition].isOrdered else { return false }
        return containers.tasks[id].containers.indices.contains { other in
            containers.tasks[id].containers[other].status == .running
                && containers.taskDefinitions[definition].containers[other].dependencies.contains {
                    $0.container == index
                }
        }
    }

    private mutating func signal(_ id: TaskID, container index: Int) {
        containers.tasks[id].containers[index].isSignalled = true
        let definition = containers.tasks[id].definition
        let patience =
            containers.taskDefinitions[definition].containers[index].stopTimeout
            ?? timing.stopTimeout
        let isUp = containers.tasks[id].containers[index].isUp
        let exits = isUp ? profile(of: id, container: index).exitsAfterTerm : .zero
        let run = containers.tasks[id].containers[index].run
        // Source of the codes: ecs.md section 10.6. Whether a program that is up ends with 0 or 143
        // is its own affair; 0 is assumed.
        if let exits, exits < patience {
            schedule(
                .exits(id, container: UInt8(index), run: run, code: isUp ? 0 : 143), after: exits)
        } else {
            schedule(.exits(id, container: UInt8(index), run: run, code: 137), after: patience)
        }
    }

    /// The program in a container has ended. If an essential one did so by itself, the others are
    /// told to stop; ECS learns of it when none is left.
    mutating func exit(_ id: TaskID, _ index: Int, run: UInt8, code: Int) {
        guard containers.tasks.contains(id),
            containers.tasks[id].containers[index].status == .running,
            containers.tasks[id].containers[index].run == run
        else { return }
        let wasUp = containers.tasks[id].containers[index].isUp
        containers.tasks[id].containers[index].isUp = false
        if wasUp, let interface = containers.tasks[id].interface,
            let port = port(of: id, container: index)
        {
            close(port, on: interface)
        }
        if restarts(id, index, code: code) { return restart(id, index) }
        containers.tasks[id].containers[index].status = .stopped
        containers.tasks[id].containers[index].exitCode = code
        let definition = containers.tasks[id].definition
        let isEssential = containers.taskDefinitions[definition].containers[index].isEssential
        // It may be what others wait for.
        if !isEssential, isStartingContainers(id) { return startReady(id) }
        let someRuns = containers.tasks[id].containers.contains { $0.status == .running }
        if isEssential || !someRuns, containers.tasks[id].exitedAt == nil {
            containers.tasks[id].exitedAt = now
            record(.containers(.taskExited(id, code: Int32(code))))
        }
        if !someRuns { return scheduleExitNotice(of: id) }
        if isEssential, containers.tasks[id].signalledAt == nil { return signal(id) }
        if containers.tasks[id].signalledAt != nil { signalNext(id) }
    }

    mutating func scheduleExitNotice(of id: TaskID) {
        let wait = chance.draw(timing.exitNotice, for: .exitNotice, of: UInt64(id.rawValue))
        schedule(.exitNoticed(id), after: wait)
    }

    /// ECS learns that the containers have exited. If it did not ask for that, an essential one has
    /// ended by itself: there is no drain, the target goes at the scheduler's next look.
    /// Source: ecs.md section 10.4.
    mutating func noticeExit(of id: TaskID) {
        guard containers.tasks.contains(id), containers.tasks[id].executionStoppedAt == nil
        else { return }
        containers.tasks[id].executionStoppedAt = now
        for index in containers.tasks[id].containers.indices {
            containers.tasks[id].containers[index].status = .stopped
        }
        if let interface = containers.tasks[id].interface { closeAllPorts(on: interface) }
        if containers.tasks[id].isWanted {
            containers.tasks[id].isWanted = false
            containers.tasks[id].stoppingAt = now
            containers.tasks[id].stopCause = .init(
                code: .essentialContainerExited,
                reason: .text("Essential container in task exited"))
            record(.containers(.taskWanted(id)))
            if containers.tasks[id].healthySince == nil, !containers.tasks[id].isReportedUnhealthy {
                noteFailure(of: id)
            }
        }
        enter(.deprovisioning, id)
    }

    mutating func end(_ id: TaskID) {
        containers.tasks[id].stoppedAt = now
        if !containers.protectedUntil.isEmpty { containers.protectedUntil[id] = nil }
        // A task gone before the scheduler looked again leaves its groups with its address.
        if !containers.tasks[id].targets.isEmpty { deregisterTargets(of: id) }
        if let interface = containers.tasks[id].interface {
            removeInterface(interface)
            containers.tasks[id].interface = nil
        }
        for index in containers.tasks[id].containers.indices {
            containers.tasks[id].containers[index].status = .stopped
        }
        containers.tasks[id].tags = []
        if let service = containers.tasks[id].service {
            containers.services[service].tasks.removeAll { $0 == id }
            containers.services[service].stoppedTasks.append(id)
        }
        schedule(.forgetTask(id), after: timing.stoppedTaskKept)
    }

    mutating func forget(_ id: TaskID) {
        let task = containers.tasks.remove(id)
        if !containers.overrides.isEmpty { containers.overrides[id] = nil }
        if !containers.providers.isEmpty { containers.providers[id] = nil }
        if let service = task.service, containers.services.contains(service) {
            containers.services[service].stoppedTasks.removeAll { $0 == id }
        } else if containers.clusters.contains(task.cluster) {
            containers.clusters[task.cluster].standaloneTasks.removeAll { $0 == id }
        }
    }
}
