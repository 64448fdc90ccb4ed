import Simulation

extension Chance.Purpose {
    static let capacity = Chance.Purpose("capacity")
    static let release = Chance.Purpose("release")
}

extension Containers {
    /// One row of a task's life: in this status, wanted or not, this long, then that status.
    struct Stage: Sendable {
        let status: TaskStatus
        var wanted: Bool? = nil
        let takes: Wait
        let next: TaskStatus
    }

    /// How long a stage lasts.
    enum Wait {
        /// No time at all.
        case none
        /// ``Timing/capacity``.
        case capacity
        /// Until the images are there and the containers can be made.
        case pull
        /// Until each container has been started, in the order that they depend on each other.
        case order
        /// Until the targets have left their groups and ECS has noticed.
        case drain
        /// Until the containers have exited and ECS has noticed.
        case exit
        /// ``Timing/release``.
        case release
    }

    /// What happens to a task over time. RUNNING and wanted has no row: there it rests.
    ///
    /// Source: Amazon ECS Developer Guide, "Amazon ECS task lifecycle"; durations in ``Timing``.
    static let life: [Stage] = [
        Stage(status: .provisioning, wanted: true, takes: .capacity, next: .pending),
        Stage(status: .pending, wanted: true, takes: .pull, next: .activating),
        Stage(status: .activating, wanted: true, takes: .order, next: .running),
        Stage(status: .provisioning, wanted: false, takes: .none, next: .deprovisioning),
        Stage(status: .pending, wanted: false, takes: .none, next: .deprovisioning),
        Stage(status: .activating, wanted: false, takes: .none, next: .stopping),
        Stage(status: .running, wanted: false, takes: .none, next: .deactivating),
        Stage(status: .deactivating, takes: .drain, next: .stopping),
        Stage(status: .stopping, takes: .exit, next: .deprovisioning),
        Stage(status: .deprovisioning, takes: .release, next: .stopped),
    ]

    static func stage(_ status: TaskStatus, wanted: Bool) -> Stage? {
        life.first { $0.status == status && $0.wanted ?? wanted == wanted }
    }
}

extension Cloud {
    /// Moves a task to a status, and sees to it that it leaves it again as its life has it.
    mutating func enter(_ status: TaskStatus, _ id: TaskID) {
        let before = containers.tasks[id].status
        containers.tasks[id].status = status
        containers.tasks[id].version += 1
        if status == .pending { containers.tasks[id].connectedAt = now }
        if status == .running { containers.tasks[id].startedAt = now }
        if status == .stopped { end(id) }
        record(.containers(.taskMoved(id, from: before, to: status)))
        // What took notice of the move may have moved the task on.
        if containers.tasks[id].status == status { live(id) }
    }

    /// Begins the wait for the end of a task's present stage.
    mutating func live(_ id: TaskID) {
        let task = (status: containers.tasks[id].status, wanted: containers.tasks[id].isWanted)
        guard let stage = Containers.stage(task.status, wanted: task.wanted) else { return }
        let subject = UInt64(id.rawValue)
        switch stage.takes {
        case .none: enter(stage.next, id)
        case .capacity:
            let wait = chance.draw(timing.capacity, for: .capacity, of: subject)
            schedule(.stageEnds(id, task.status), after: wait)
        case .pull: pull(id)
        case .order: startContainers(of: id)
        case .drain: awaitDrain(of: id)
        case .exit: signal(id)
        case .release:
            let wait = chance.draw(timing.release, for: .release, of: subject)
            schedule(.stageEnds(id, task.status), after: wait)
        }
    }

    /// Gives a task up: its desired status becomes STOPPED, and its life takes the other branch.
    ///
    /// One that is given up already keeps its first cause.
    mutating func stop(_ id: TaskID, because cause: Containers.StopCause) {
        guard containers.tasks[id].isWanted else { return }
        containers.tasks[id].isWanted = false
        containers.tasks[id].stopCause = cause
        containers.tasks[id].stoppingAt = now
        containers.tasks[id].version += 1
        record(.containers(.taskWanted(id)))
        // Whoever stops a task before it was healthy, it counts as failed; ecs.md section 18.5.
        if cause.code == .userInitiated, containers.tasks[id].healthySince == nil,
            !containers.tasks[id].isReportedUnhealthy
        {
            noteFailure(of: id)
        }
        live(id)
    }

    mutating func carryOut(_ event: Containers.Event) {
        switch event {
        case .schedulerLooks(let id, let turn):
            guard containers.services.contains(id), containers.services[id].turn == turn
            else { return }
            look(at: id)
        case .stageEnds(let id, let status):
            guard containers.tasks.contains(id), containers.tasks[id].status == status,
                let stage = Containers.stage(status, wanted: containers.tasks[id].isWanted)
            else { return }
            enter(stage.next, id)
        case .pullEnds(let id): endPull(of: id)
        case .startFails(let id): failToStart(id)
        case .boots(let id, let container, let run): boot(id, Int(container), run: run)
        case .exits(let id, let container, let run, let code):
            exit(id, Int(container), run: run, code: Int(code))
        case .healthTurns(let id, let container, let run, let health):
            turnHealth(of: id, Int(container), run: run, to: health)
        case .dependencyFails(let id, let container): giveUpDependency(id, on: Int(container))
        case .exitNoticed(let id): noticeExit(of: id)
        case .deregisters(let id): deregisterTargets(of: id)
        case .startsAgain(let id):
            if containers.services.contains(id) { wakeScheduler(ofService: id) }
        case .breakerTrips(let id): tripBreaker(of: id)
        case .protectionEnds(let id): endProtection(of: id)
        case .forgetTask(let id): forget(id)
        case .forgetService(let id): forget(id)
        case .forgetCluster(let id): forget(id)
        }
    }
}
