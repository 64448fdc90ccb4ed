import Simulation

extension Chance.Purpose {
    static let capacity = Chance.Purpose("capacity")
    static let pullFixed = Chance.Purpose("pullFixed")
    static let pullPerMebibyte = Chance.Purpose("pullPerMebibyte")
    static let start = Chance.Purpose("start")
    static let startFailure = Chance.Purpose("startFailure")
    static let drainNotice = Chance.Purpose("drainNotice")
    static let drainNoticeShare = Chance.Purpose("drainNoticeShare")
    static let exitNotice = Chance.Purpose("exitNotice")
    static let release = Chance.Purpose("release")
    static let deregistersAtOnce = Chance.Purpose("deregistersAtOnce")
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
        /// Until the images are there and the containers have started.
        case pull
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
        Stage(status: .activating, wanted: true, takes: .none, next: .running),
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
        if status == .running { begin(running: id) }
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
        case .boots(let id, let container): boot(id, Int(container))
        case .exits(let id, let container, let code): exit(id, Int(container), code: Int(code))
        case .exitNoticed(let id): noticeExit(of: id)
        case .deregisters(let id): deregisterTargets(of: id)
        case .startsAgain(let id):
            if containers.services.contains(id) { wakeScheduler(ofService: id) }
        case .forgetTask(let id): forget(id)
        case .forgetService(let id): forget(id)
        case .forgetCluster(let id): forget(id)
        }
    }
}

// MARK: - From PENDING to RUNNING

extension Cloud {
    /// Pulls the images, or finds out that it cannot.
    private mutating func pull(_ id: TaskID) {
        containers.tasks[id].pullStartedAt = now
        if let failure = startFailure(of: id) {
            let created = containers.tasks[id].createdAt
            let subject = UInt64(id.rawValue)
            let untilStopped = chance.draw(failure.takes, for: .startFailure, of: subject)
            let release = chance.draw(timing.release, for: .release, of: subject)
            containers.tasks[id].startFailure = failure.reason
            timeline.schedule(
                .containers(.startFails(id)), at: max(now, created + untilStopped - release))
            return
        }
        let subject = UInt64(id.rawValue)
        let perMebibyte = chance.draw(timing.pullPerMebibyte, for: .pullPerMebibyte, of: subject)
        var longest = Duration.zero
        for index in containers.tasks[id].containers.indices {
            resolveImage(of: id, container: index)
            guard let image = containers.tasks[id].containers[index].image else { continue }
            let mebibytes = Double(registry.images[image].sizeBytes) / 1_048_576
            longest = max(longest, perMebibyte * mebibytes)
            registry.images[image].lastPulledAt = now
        }
        let fixed = chance.draw(timing.pullFixed, for: .pullFixed, of: subject)
        schedule(.pullEnds(id), after: fixed + longest)
    }

    /// Decides what a container runs. The first task of a deployment decides it for all of them, by
    /// what the tag means now. Source: ecs.md section 24.
    private mutating func resolveImage(of id: TaskID, container index: Int) {
        let (definition, deployment) = (
            containers.tasks[id].definition, containers.tasks[id].deployment
        )
        guard let (image, digest) = image(of: id, container: index) else { return }
        // Of an image for several platforms it is the one for this task's that runs.
        let isARM = containers.taskDefinitions[definition].isARM
        let own = registry.image(image, for: isARM ? "arm64" : "amd64") ?? image
        containers.tasks[id].containers[index].image = own
        containers.tasks[id].containers[index].digest = digest
        if let deployment,
            containers.taskDefinitions[definition].containers[index].isVersionConsistent
        {
            containers.deployments[deployment].digests[index] = digest
        }
    }

    /// The image that a container of the task would pull now; `nil` if there is none in ECR.
    func image(of id: TaskID, container index: Int) -> (ImageID, digest: String)? {
        let definition = containers.tasks[id].definition
        var reference = containers.taskDefinitions[definition].containers[index].image
        if let deployment = containers.tasks[id].deployment,
            containers.taskDefinitions[definition].containers[index].isVersionConsistent,
            let digest = containers.deployments[deployment].digests[index]
        {
            reference.digest = digest
        }
        return registry.image(reference, for: containers.taskDefinitions[definition].place).map {
            ($0, registry.images[$0].digest)
        }
    }

    private mutating func endPull(of id: TaskID) {
        guard isStarting(id) else { return }
        containers.tasks[id].pullStoppedAt = now
        let wait = chance.draw(timing.start, for: .start, of: UInt64(id.rawValue))
        schedule(.stageEnds(id, .pending), after: wait)
    }

    private func isStarting(_ id: TaskID) -> Bool {
        containers.tasks.contains(id) && containers.tasks[id].status == .pending
            && containers.tasks[id].isWanted
    }

    private mutating func failToStart(_ id: TaskID) {
        guard isStarting(id), let reason = containers.tasks[id].startFailure else { return }
        containers.tasks[id].executionStoppedAt = now
        for index in containers.tasks[id].containers.indices {
            containers.tasks[id].containers[index].status = .stopped
            containers.tasks[id].containers[index].reason = reason
        }
        noteStartFailure(of: id, reason)
        stop(id, because: .init(code: .taskFailedToStart, reason: .text(reason)))
    }

    private mutating func begin(running id: TaskID) {
        containers.tasks[id].startedAt = now
        let cpu = containers.taskDefinitions[containers.tasks[id].definition].cpuUnits
        for index in containers.tasks[id].containers.indices {
            containers.tasks[id].containers[index].status = .running
            let profile = profile(of: id, container: index)
            schedule(
                .boots(id, container: UInt8(index)), after: profile.bootTime(cpuUnits: cpu))
        }
    }

    /// How the program in a container behaves. One that is not from ECR is taken for a small server
    /// on the port that is mapped. Assumed.
    func profile(of id: TaskID, container index: Int) -> AppProfile {
        guard let image = containers.tasks[id].containers[index].image else { return AppProfile() }
        return registry.images[image].configuration.profile
    }

    /// The port that the program in a container listens on.
    private func port(of id: TaskID, container index: Int) -> Int? {
        let definition = containers.tasks[id].definition
        return profile(of: id, container: index).port
            ?? containers.taskDefinitions[definition].containers[index].ports.first
    }

    private mutating func boot(_ id: TaskID, _ index: Int) {
        guard containers.tasks.contains(id),
            containers.tasks[id].containers[index].status == .running,
            let interface = containers.tasks[id].interface,
            containers.tasks[id].signalledAt == nil
        else { return }
        let profile = profile(of: id, container: index)
        let memory = containers.taskDefinitions[containers.tasks[id].definition].memoryMebibytes
        if memory > 0, profile.memoryMebibytes > memory {
            // Source: ecs.md section 11.2.
            containers.tasks[id].containers[index].reason =
                "OutOfMemoryError: Container killed due to memory usage"
            return exit(id, index, code: 137)
        }
        if let port = port(of: id, container: index) {
            listen(
                Network.Listener(
                    port: port, page: profile.page, check: profile.check, owner: id.rawValue),
                on: interface)
            if containers.tasks[id].listeningAt == nil { containers.tasks[id].listeningAt = now }
            record(.containers(.taskListening(id)))
        }
        log(of: id, container: index, profile)
        if let crash = profile.crash {
            schedule(
                .exits(id, container: UInt8(index), code: Int32(crash.exitCode)),
                after: crash.after)
        }
    }
}

// MARK: - From RUNNING to STOPPED

extension Cloud {
    /// DEACTIVATING: the scheduler's next look takes the targets out of their groups; now and then
    /// that happens sooner. Without targets there is nothing to wait for.
    private mutating func awaitDrain(of id: TaskID) {
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

    /// Takes the targets of a task that is being stopped out of their groups, and says so.
    mutating func deregisterTargets(of id: TaskID) {
        guard containers.tasks.contains(id), !containers.tasks[id].isWanted,
            containers.tasks[id].deregisteredAt == nil,
            let service = containers.tasks[id].service
        else { return }
        deregisterTargets(of: [id], in: service)
    }

    /// The same for several tasks of a service, in one event for each group.
    mutating func deregisterTargets(of ids: [TaskID], in service: ServiceID) {
        var counts: [(group: TargetGroupID, count: Int)] = []
        for id in ids {
            containers.tasks[id].deregisteredAt = now
            var drained = Duration.zero
            for target in containers.tasks[id].targets where balancing.targets.contains(target) {
                let group = balancing.targets[target].group
                deregister(target)
                drained = max(drained, balancing.targets[target].drainEndsAt! - now)
                if let index = counts.firstIndex(where: { $0.group == group }) {
                    counts[index].count += 1
                } else {
                    counts.append((group, 1))
                }
            }
            record(.containers(.taskDeregistered(id)))
            if containers.tasks[id].status == .deactivating {
                let subject = UInt64(id.rawValue)
                let late = chance.draw(timing.drainNotice, for: .drainNotice, of: subject)
                let share =
                    chance.unit(for: .drainNoticeShare, of: subject)
                    * timing.drainNoticeShare
                schedule(.stageEnds(id, .deactivating), after: drained + late + drained * share)
            }
        }
        for (group, count) in counts { note(.deregistered(count, group), for: service) }
        var drained: [(deployment: DeploymentID, count: Int)] = []
        for id in ids {
            guard let deployment = containers.tasks[id].deployment else { continue }
            if let index = drained.firstIndex(where: { $0.deployment == deployment }) {
                drained[index].count += 1
            } else {
                drained.append((deployment, 1))
            }
        }
        for (deployment, count) in drained { note(.draining(count, deployment), for: service) }
    }

    /// STOPPING: sends every container its stop signal.
    private mutating func signal(_ id: TaskID) {
        containers.tasks[id].signalledAt = now
        let definition = containers.tasks[id].definition
        var someRuns = false
        for index in containers.tasks[id].containers.indices
        where containers.tasks[id].containers[index].status == .running {
            someRuns = true
            let patience =
                containers.taskDefinitions[definition].containers[index].stopTimeout
                ?? timing.stopTimeout
            let profile = profile(of: id, container: index)
            let isUp = containers.tasks[id].listeningAt != nil
            let exits = isUp ? profile.exitsAfterTerm : .zero
            // Source of the codes: ecs.md section 10.6. Whether a program that is up ends with 0
            // or 143 is its own affair; 0 is assumed.
            if let exits, exits < patience {
                schedule(
                    .exits(id, container: UInt8(index), code: isUp ? 0 : 143), after: exits)
            } else {
                schedule(.exits(id, container: UInt8(index), code: 137), after: patience)
            }
        }
        if !someRuns { scheduleExitNotice(of: id) }
    }

    private mutating func exit(_ id: TaskID, _ index: Int, code: Int) {
        guard containers.tasks.contains(id),
            containers.tasks[id].containers[index].status == .running
        else { return }
        containers.tasks[id].containers[index].status = .stopped
        containers.tasks[id].containers[index].exitCode = code
        if let interface = containers.tasks[id].interface,
            let port = port(of: id, container: index)
        {
            close(port, on: interface)
        }
        let isOver = containers.tasks[id].containers.allSatisfy { $0.status == .stopped }
        let definition = containers.tasks[id].definition
        guard containers.taskDefinitions[definition].containers[index].isEssential || isOver
        else { return }
        if containers.tasks[id].exitedAt == nil {
            containers.tasks[id].exitedAt = now
            record(.containers(.taskExited(id, code: Int32(code))))
        }
        if isOver || containers.tasks[id].signalledAt == nil { scheduleExitNotice(of: id) }
    }

    private mutating func scheduleExitNotice(of id: TaskID) {
        let wait = chance.draw(timing.exitNotice, for: .exitNotice, of: UInt64(id.rawValue))
        schedule(.exitNoticed(id), after: wait)
    }

    /// ECS learns that the containers have exited. If it did not ask for that, an essential one has
    /// ended by itself: there is no drain, the target goes at the scheduler's next look.
    /// Source: ecs.md section 10.4.
    private mutating func noticeExit(of id: TaskID) {
        guard containers.tasks.contains(id), containers.tasks[id].executionStoppedAt == nil
        else { return }
        containers.tasks[id].executionStoppedAt = now
        for index in containers.tasks[id].containers.indices
        where containers.tasks[id].containers[index].status != .stopped {
            containers.tasks[id].containers[index].status = .stopped
            containers.tasks[id].containers[index].exitCode = 137
        }
        if let interface = containers.tasks[id].interface { closeAllPorts(on: interface) }
        if containers.tasks[id].isWanted {
            containers.tasks[id].isWanted = false
            containers.tasks[id].stoppingAt = now
            containers.tasks[id].stopCause = .init(
                code: .essentialContainerExited,
                reason: .text("Essential container in task exited"))
            record(.containers(.taskWanted(id)))
        }
        enter(.deprovisioning, id)
    }

    private mutating func end(_ id: TaskID) {
        containers.tasks[id].stoppedAt = now
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

    private mutating func forget(_ id: TaskID) {
        let task = containers.tasks.remove(id)
        if let service = task.service, containers.services.contains(service) {
            containers.services[service].stoppedTasks.removeAll { $0 == id }
        } else if containers.clusters.contains(task.cluster) {
            containers.clusters[task.cluster].standaloneTasks.removeAll { $0 == id }
        }
    }
}
